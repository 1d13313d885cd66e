package arm

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// answer is what goes back to the client.
type answer struct {
	status  int
	headers map[string]string
	body    any
	broken  bool // the connection breaks instead
}

// Codes of ARM that the Cloud does not know, since they are about HTTP.
const (
	codeMissingAPIVersion   = "MissingApiVersionParameter"
	codeInvalidAPIVersion   = "InvalidApiVersionParameter"
	codeNoProviderFound     = "NoRegisteredProviderFound"
	codeInvalidNamespace    = "InvalidResourceNamespace"
	codeInvalidContent      = "InvalidRequestContent"
	codeInvalidFilter       = "InvalidFilterInQueryString"
	codeMethodNotAllowed    = "MethodNotAllowed"
	codeNotImplemented      = "NotImplemented"
	codeAuthenticationFails = "AuthenticationFailed"
)

func ok(body any) answer { return answer{status: http.StatusOK, body: body} }

// refused is an error of the form {"error": {"code", "message"}}.
func refused(status int, code, format string, args ...any) answer {
	return failed(&azuresim.Error{Status: status, Code: code, Message: fmt.Sprintf(format, args...)})
}

// notServed names what this door leaves out, so that nobody takes it for an answer of Azure.
func notServed(r *http.Request) answer {
	return refused(http.StatusNotImplemented, codeNotImplemented,
		"The simulator does not serve %s %s; what it serves is in the documentation of azuresim/arm.", r.Method, r.URL.Path)
}

// failed turns an error of the cloud into an answer. One without a status never reached the client.
func failed(err error) answer {
	var e *azuresim.Error
	if !errors.As(err, &e) {
		return answer{status: http.StatusInternalServerError, body: errorBody("InternalServerError", err.Error(), "")}
	}
	if e.Status == 0 {
		return answer{broken: true}
	}
	a := answer{status: e.Status, body: errorBody(e.Code, e.Message, e.Target)}
	if e.Status == http.StatusTooManyRequests {
		a.headers = map[string]string{"Retry-After": "1"}
	}
	return a
}

func errorBody(code, message, target string) map[string]any {
	content := map[string]any{"code": code, "message": message}
	if target != "" {
		content["target"] = target
	}
	return map[string]any{"error": content}
}

// write sends an answer. Nothing is sent for a broken one: the server closes the connection.
func (h *Handler) write(w http.ResponseWriter, r *http.Request, a answer) {
	if a.broken {
		panic(http.ErrAbortHandler)
	}
	id := h.requestID()
	for name, value := range a.headers {
		w.Header().Set(name, value)
	}
	w.Header().Set("X-Ms-Request-Id", id)
	w.Header().Set("X-Ms-Correlation-Request-Id", id)
	if a.body == nil || r.Method == http.MethodHead || a.status == http.StatusNoContent {
		w.WriteHeader(a.status)
		return
	}
	content, err := encode(a.body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(content)))
	w.WriteHeader(a.status)
	_, _ = w.Write(content) // the client is gone when this fails
}

func encode(body any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(body)
	return b.Bytes(), err
}

// maxBody is ARM's limit of a request, in bytes.
const maxBody = 4 << 20

// read decodes the body of a request; an empty one is no object at all.
func read(r *http.Request) (map[string]any, *answer) {
	content, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		return nil, &answer{broken: true}
	}
	if len(content) > maxBody {
		a := refused(http.StatusRequestEntityTooLarge, "RequestContentTooLarge", "The request is larger than %d bytes.", maxBody)
		return nil, &a
	}
	if len(bytes.TrimSpace(content)) == 0 {
		return nil, nil
	}
	var body map[string]any
	if err := json.Unmarshal(content, &body); err != nil {
		a := refused(http.StatusBadRequest, codeInvalidContent, "The request content was invalid and could not be "+
			"deserialized: '%v'.", err)
		return nil, &a
	}
	return body, nil
}
