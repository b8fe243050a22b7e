package llm

import (
	"net/url"

	"github.com/sashabaranov/go-openai"
)

// configOf returns how a server is spoken to. An address with an api-version in it is Azure's as it was before
// /openai/v1: the model is a deployment and part of the path, and the key stands in a header of its own.
//
// Source: Microsoft, Azure OpenAI REST API reference, "Chat completions".
func configOf(baseURL, key string) openai.ClientConfig {
	config := openai.DefaultConfig(key)
	if baseURL == "" {
		return config
	}
	config.BaseURL = baseURL
	address, err := url.Parse(baseURL)
	if err != nil || !address.Query().Has("api-version") {
		return config
	}
	version := address.Query().Get("api-version")
	address.RawQuery = ""
	config = openai.DefaultAzureConfig(key, address.String())
	config.APIVersion = version
	config.AzureModelMapperFunc = url.PathEscape // the name of the deployment as it is
	return config
}
