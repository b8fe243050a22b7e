package llm_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"newsdesk/summarize/llm"
	"newsdesk/summarize/llmtest"
)

// What each kind of server takes is learnt from its refusals, at the first call and never again.
func TestServersAsTheyAre(t *testing.T) {
	for kind, want := range map[string]struct {
		refused int      // calls before the first summary
		sends   []string // and every time after
		not     []string
	}{
		"OpenAI":     {1, []string{"max_completion_tokens", "response_format=json_schema"}, []string{"max_tokens"}},
		"Azure":      {2, []string{"max_tokens", "response_format=json_object"}, []string{"max_completion_tokens"}},
		"Ollama":     {0, []string{"max_completion_tokens", "response_format=json_schema"}, nil},
		"llama.cpp":  {1, []string{"response_format=json_schema"}, nil},
		"vLLM":       {1, []string{"max_tokens", "response_format=json_schema"}, []string{"max_completion_tokens"}},
		"LM Studio":  {1, []string{"response_format=json_schema"}, nil},
		"OpenRouter": {2, []string{"max_completion_tokens"}, []string{"response_format"}},
		"Mistral":    {1, []string{"max_tokens", "response_format=json_schema"}, []string{"max_completion_tokens"}},
	} {
		t.Run(kind, func(t *testing.T) {
			server := llmtest.NewFunc(t, llmtest.As(kind, good))
			c := client(server)
			for range 2 {
				if s, err := c.Summarize(t.Context(), read(t, bakery), nil, llm.Request{}); err != nil || len(s.Points) != 2 {
					t.Fatalf("points %+v, error %v", s.Points, err)
				}
			}
			requests := server.Requests()
			if len(requests) != want.refused+2 {
				t.Errorf("%d requests for two summaries, want %d", len(requests), want.refused+2)
			}
			last := requests[len(requests)-1]
			for _, field := range want.sends {
				if !last.Sends(field) {
					t.Errorf("does not send %s", field)
				}
			}
			for _, field := range want.not {
				if last.Sends(field) {
					t.Errorf("still sends %s", field)
				}
			}
			if (last.System == "") != (kind == "LM Studio") || !strings.Contains(last.System+last.User, "You summarize a news article") {
				t.Errorf("the instructions: %.80q and %.80q", last.System, last.User)
			}
		})
	}
	if kinds := llmtest.Kinds(); len(kinds) != 8 {
		t.Errorf("servers that are not tried: %v", kinds)
	}
}

// Each server's words for why it refuses are understood.
func TestRefusals(t *testing.T) {
	raw := func(status int, body string) llmtest.Reply { return llmtest.Reply{Status: status, Body: body} }
	for name, tt := range map[string]struct {
		reply llmtest.Reply
		want  error
	}{
		"OpenAI, another's key":        {llmtest.BadKey("sk-secret"), llm.ErrRefused},
		"OpenAI, no such model":        {raw(404, `{"error":{"message":"The model 'x' does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}`), llm.ErrUnknown},
		"OpenAI, no credit":            {raw(429, `{"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}`), llm.ErrNoCredit},
		"OpenAI, too long":             {raw(400, `{"error":{"message":"Input is over the limit.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}`), llm.ErrTooLong},
		"OpenAI, too much in a minute": {raw(429, `{"error":{"message":"Rate limit reached: too many tokens per min.","type":"tokens","param":null,"code":"rate_limit_exceeded"}}`), llm.ErrUnreachable},
		"Azure, a filter":              {raw(400, `{"error":{"message":"The response was filtered due to the prompt triggering the content management policy.","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}`), llm.ErrFiltered},
		"Azure, no such deployment":    {raw(404, `{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}}`), llm.ErrUnknown},
		"Ollama, no such model":        {raw(404, `{"error":{"message":"model \"x\" not found, try pulling it first","type":"api_error","param":null,"code":null}}`), llm.ErrUnknown},
		"llama.cpp, too long":          {raw(400, `{"error":{"code":400,"message":"the request exceeds the available context size. try increasing the context size or enable context shift","type":"exceed_context_size_error","n_prompt_tokens":9000,"n_ctx":4096}}`), llm.ErrTooLong},
		"llama.cpp, still loading":     {raw(503, `{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}`), llm.ErrUnreachable},
		"vLLM, too long":               {raw(400, `{"object":"error","message":"This model's maximum context length is 2048 tokens. However, you requested 9000 tokens.","type":"BadRequestError","param":null,"code":400}`), llm.ErrTooLong},
		"vLLM, no such model":          {raw(404, `{"object":"error","message":"The model 'x' does not exist.","type":"NotFoundError","param":null,"code":404}`), llm.ErrUnknown},
		"LM Studio, nothing loaded":    {raw(400, `{"error":{"message":"No models loaded. Please load a model in the developer page or use the 'lms load' command.","type":"invalid_request_error","param":"model","code":null}}`), llm.ErrUnknown},
		"LM Studio, another address":   {raw(200, `{"error":"Unexpected endpoint or method. (POST /chat/completions). Returning 200 anyway"}`), llm.ErrUnknown},
		"OpenRouter, no credit":        {raw(402, `{"error":{"message":"Insufficient credits. Add more.","code":402}}`), llm.ErrNoCredit},
		"OpenRouter, moderation":       {raw(403, `{"error":{"message":"Your chosen model requires moderation and your input was flagged","code":403,"metadata":{"reasons":["x"]}}}`), llm.ErrFiltered},
		"OpenRouter, no such model":    {raw(400, `{"error":{"message":"x/y is not a valid model ID","code":400}}`), llm.ErrUnknown},
		"Mistral, another's key":       {raw(401, `{"detail":"Unauthorized"}`), llm.ErrRefused},
		"Mistral, no such model":       {raw(400, `{"object":"error","message":"Invalid model: x","type":"invalid_model","param":null,"code":"1500"}`), llm.ErrUnknown},
		"Gemini, another's key":        {raw(400, `[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}]`), llm.ErrRefused},
		"a redirect":                   {llmtest.Reply{Status: http.StatusFound, Header: http.Header{"Location": {"https://evil.example/"}}, Body: "Found"}, llm.ErrUnknown},
		"something nobody knows":       {raw(400, `{"error":{"message":"No.","type":"odd","param":null,"code":null}}`), llm.ErrRejected},
	} {
		t.Run(name, func(t *testing.T) {
			server := llmtest.New(t, tt.reply)
			err := client(server).Check(t.Context())
			if !errors.Is(err, tt.want) {
				t.Fatalf("error %v, want %v", err, tt.want)
			}
			for _, other := range []error{llm.ErrUnknown, llm.ErrNoCredit, llm.ErrFiltered, llm.ErrTooLong, llm.ErrRefused, llm.ErrUnreachable} {
				if errors.Is(err, other) && !errors.Is(tt.want, other) {
					t.Errorf("error %v is %v as well", err, other)
				}
			}
			if strings.Contains(err.Error(), "sk-secret") || strings.Contains(err.Error(), "evil") {
				t.Errorf("the error tells too much: %v", err)
			}
			var refusal *llm.Refusal
			if !errors.As(err, &refusal) || refusal.Status != tt.reply.Status || refusal.Said == "" {
				t.Errorf("what the server said is lost: %+v", refusal)
			}
		})
	}
}
