# make lists what can be done; each target says it in its ## comment.

GO        ?= go
BIN       := bin/newsdesk
SHARED    ?= ../shared
FUZZTIME  ?= 30s
MODEL     ?= smollm2
EACH      ?= 100
SKIP      ?= 0
LENGTH    ?= standard
MAXSIZE   ?= 41943040
WORDS     ?= 0
THREADS   ?= 2
STORIES   ?= 100000
TIMES     ?= 100x
# The linter's version is pinned: a new one finds new things, and that is a change of its own.
GOLANGCI  := v2.15.0

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: ## read the example article
	$(GO) run ./cmd/newsdesk summarize examples/harbour-ferries.txt

# go-redis is 4 MB of short functions, one a command of Redis; put into one another they are 6. It waits for the network anyway.
.PHONY: build
build: ## build bin/newsdesk, one static file
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w' -gcflags 'github.com/redis/go-redis/v9/...=-l' -o $(BIN) ./cmd/newsdesk

.PHONY: size
size: build ## bytes of bin/newsdesk, which may be 40 MiB
	@size=$$(wc -c < $(BIN)); echo "$$size bytes"; \
	  test "$$size" -le $(MAXSIZE) || { echo "more than $(MAXSIZE): see the libraries in ARCHITECTURE.md"; exit 1; }

.PHONY: test
test: ## all tests under the race detector
	$(GO) test -race -timeout 20m ./...

.PHONY: day
day: ## a day of a busy bot in a quarter of an hour: three newsdesks, 16 shards, 5,000 links, and everything goes wrong
	NEWSDESK_TEST_DAY=1 $(GO) test -count=1 -v -run '^TestRunDay$$' -timeout 2h ./cmd/newsdesk

.PHONY: test-calendar
test-calendar: ## the digests of 50 servers in twice 30 days, while processes and Redis are killed; takes ten minutes
	NEWSDESK_CALENDAR=whole $(GO) test -race -count=1 -timeout 60m -v -run TestDigestCalendar ./bot

.PHONY: fmt
fmt: ## format the code
	gofmt -w $$(git ls-files '*.go')

.PHONY: lint
lint: ## gofmt, vet and golangci-lint
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo 'not formatted: run make fmt'; exit 1; }
	$(GO) vet ./...
	$$($(GO) env GOPATH)/bin/golangci-lint run ./...

.PHONY: tools
tools: ## install the linter where it is missing
	@test -x $$($(GO) env GOPATH)/bin/golangci-lint || $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI)

.PHONY: bench
bench: bench-pages ## benchmarks; compare two runs with benchstat
	$(GO) test -run '^$$' -bench . -benchmem ./...

.PHONY: bench-stores
bench-stores: ## both stores at a million quotes (STORIES=100000), each list TIMES=100x, and SQLite beside bbolt; takes two hours
	NEWSDESK_BENCH_STORIES=$(STORIES) $(GO) test -run '^$$' -bench 'Put|Read|Memory' -benchtime $(TIMES) -timeout 0 ./cache/redis ./cache/embedded
	cd eval/bolt && $(GO) test -run '^$$' -bench . -benchtime $(TIMES) .

.PHONY: bench-pages
bench-pages: ## pages a second on one core, beside two other libraries
	cd eval/bench && SHARED='$(abspath $(SHARED))' $(GO) test -run '^$$' -bench . -benchtime 3x -cpu 1 .

.PHONY: words
words: ## the sentences that are not in all languages yet
	$(GO) test -count=1 -v -run TestTranslations ./words

# Without a bound on it, a target may stand still for a minute while Go makes one input shorter.
.PHONY: fuzz
fuzz: ## every fuzz target for FUZZTIME (30s)
	@for pkg in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
	    echo "$$pkg $$target"; $(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$pkg || exit 1; \
	  done; \
	done

.PHONY: eval
eval: build ## the measures of quality, against the floors in eval/floors.json
	$(GO) run ./eval/run -newsdesk $(BIN) -data $(SHARED)

.PHONY: model-server
model-server: ## a small language model on loopback with THREADS threads (2), set up outside the repository
	THREADS=$(THREADS) eval/model/setup.sh $(MODEL) 8089

.PHONY: eval-model
eval-model: build ## what that model's summaries are worth once they are checked; EACH articles of two sets, behind the first SKIP
	NEWSDESK_LLM_BASE_URL=http://127.0.0.1:8089/v1 NEWSDESK_LLM_MODEL=$(MODEL) NEWSDESK_LLM_TIMEOUT=10m \
	  $(GO) run ./eval/model -newsdesk $(BIN) -data $(SHARED) -each $(EACH) -skip $(SKIP) -length $(LENGTH) -words $(WORDS)

.PHONY: docs
docs: ## run the commands that README shows
	$(GO) run ./cmd/newsdesk --store bin/readme.db summarize examples/harbour-ferries.txt
	$(GO) test -run Readme ./cmd/newsdesk

.PHONY: tracking
tracking: ## the list of query parameters that track, anew from npm's tidy-url
	@d=$$(mktemp -d) && npm pack --silent --pack-destination $$d tidy-url >/dev/null && tar xzf $$d/*.tgz -C $$d && \
		go run ./article/extract/internal/meta/tracking $$d/package >$$d/tracking.txt && mv $$d/tracking.txt article/extract/internal/meta/tracking.txt

.PHONY: vocabulary
vocabulary: ## the tokens that a text is counted in, anew from tiktoken-go-loader
	@mkdir -p bin && m=$$($(GO) mod download -json github.com/pkoukk/tiktoken-go-loader@v0.0.2) && d=$$(echo "$$m" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p') && \
		$(GO) run ./summarize/llm/vocabulary <$$d/assets/cl100k_base.tiktoken >bin/cl100k.br && mv bin/cl100k.br summarize/llm/vocabulary/cl100k.br

.PHONY: pictures
pictures: ## pictures of the bot's messages as Discord shows them, in bin/pictures
	bot/discordtest/render/setup.sh
	mkdir -p bin/pictures
	NEWSDESK_PICTURES='$(abspath bin/pictures)' $(GO) test -count=1 -run 'Pictures|InBrowser' ./bot/... ./cmd/newsdesk

.PHONY: try
try: ## a Discord on loopback to try the bot in by hand, with a page to type in
	$(GO) run ./bot/discordtest/serve

.PHONY: image
image: ## the container image newsdesk
	docker build -t newsdesk .
