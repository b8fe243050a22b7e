# One static binary in an otherwise empty image: no shell, no package manager, no root.
#
#	docker build -t newsdesk .
#	docker run --rm -i newsdesk summarize - < article.txt

FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN make build BIN=/newsdesk \
 && mkdir /data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build --chown=65532:65532 /data /data
# SQLite sorts what is too much for memory in a file there.
COPY --from=build --chown=65532:65532 /data /tmp
COPY --from=build /newsdesk /newsdesk
# A number, so that Kubernetes' runAsNonRoot can check it.
USER 65532:65532
# The store, the one thing that is written; mount a volume here to keep it.
ENV NEWSDESK_STORE_PATH=/data/newsdesk.db
VOLUME /data
ENTRYPOINT ["/newsdesk"]
CMD ["--help"]
