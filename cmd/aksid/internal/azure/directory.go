package azure

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
)

// atOnce is how many IDs Graph takes in one question (Microsoft Graph, directoryObject: getByIds, read 2026-11-26).
const atOnce = 1000

// readDirectory asks which principals still exist. Who may not ask gets a note, and no principal is called gone.
func (r *reading) readDirectory(ctx context.Context) {
	unknown := r.unknownPrincipals()
	gone := map[string]bool{}
	for chunk := range slices.Chunk(unknown, atOnce) {
		found, err := r.inDirectory(ctx, chunk)
		if err != nil {
			r.note("whether %d principals still exist cannot be asked of Microsoft Graph (it takes Directory.Read.All, or the role Directory Readers): %s",
				len(unknown), reason(err))
			return
		}
		for _, id := range chunk {
			gone[id] = !found[id]
		}
	}
	r.source.Gone = gone
}

// inDirectory are those of the principals that exist, in lower case.
func (r *reading) inDirectory(ctx context.Context, ids []string) (map[string]bool, error) {
	pipeline, address := r.graph()
	request, err := runtime.NewRequest(ctx, http.MethodPost, runtime.JoinPaths(address, "/v1.0/directoryObjects/getByIds"))
	if err != nil {
		return nil, err
	}
	if err := runtime.MarshalAsJSON(request, map[string]any{"ids": ids}); err != nil {
		return nil, err
	}
	response, err := pipeline.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	if !runtime.HasStatusCode(response, http.StatusOK) {
		return nil, runtime.NewResponseError(response)
	}
	var answer struct {
		Value []struct {
			ID string `json:"id"`
		} `json:"value"`
	}
	if err := runtime.UnmarshalAsJSON(response, &answer); err != nil {
		return nil, err
	}
	found := map[string]bool{}
	for _, one := range answer.Value {
		found[strings.ToLower(one.ID)] = true
	}
	return found, nil
}

// reason is why Azure refused, in one line: the SDK's text is a page.
func reason(err error) string {
	var response *azcore.ResponseError
	if errors.As(err, &response) {
		return response.ErrorCode
	}
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}
