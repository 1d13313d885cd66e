package recordings

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// recording is an attempt as a recording. Its file has the requests in a line each, "GET /path -> 200", and of the bodies a
// part. The rest, bodies and versions, is taken from the recordings that hold everything.
func (a attempt) recording(t *testing.T) recording {
	t.Helper()
	r := recording{name: rejectionsFile + ": " + a.name(), Command: a.Command, Precondition: a.Precondition, Assignments: a.Assignments}
	for _, line := range a.Requests {
		method, rest, _ := strings.Cut(line, " ")
		path, status, _ := strings.Cut(rest, " -> ")
		q := like(t, request{Method: method, Path: path})
		q.Status, _ = strconv.Atoi(status)
		switch {
		case method == http.MethodPut && isCluster(path):
			q.Body = a.clusterBody(t)
		case isAssignment(q):
			q.Body = a.Assignments[0].body()
		case strings.HasSuffix(path, "/roleDefinitions") && len(a.Assignments) > 0:
			q.Query = map[string]string{"$filter": "roleName eq '" + a.Assignments[0].RoleName + "'"}
		case strings.HasSuffix(path, "/roleDefinitions"):
			q.Query = nil // the line does not tell which one
		case strings.HasSuffix(path, "/servicePrincipals"):
			q.Query = map[string]string{"$filter": "servicePrincipalNames/any(c:c eq '{servicePrincipalAppId}')"}
		}
		r.Requests = append(r.Requests, q)
	}
	return r
}

// clusterBody is that of the plainest cluster with what the attempt asks for.
func (a attempt) clusterBody(t *testing.T) map[string]any {
	t.Helper()
	body := load(t, "01c-seed-aks-create").clusterBody()
	properties := inside(body, "properties")
	for key, value := range a.ClusterPut {
		switch key {
		case "identity":
			body[key] = value
		case "outboundType":
			inside(properties, "networkProfile")[key] = value
		default:
			properties[key] = value
		}
	}
	if a.ClusterPut["identity"] == nil {
		delete(body, "identity")
	}
	options := strings.Fields(a.Command)
	for i, option := range options {
		if option == "--vnet-subnet-id" && options[i+1] != "''" {
			pools := properties["agentPoolProfiles"].([]any)
			pools[0].(map[string]any)["vnetSubnetID"] = options[i+1]
		}
	}
	return body
}

// body of a request for a role assignment, from its summary.
func (s assignmentRequest) body() map[string]any {
	return map[string]any{"properties": map[string]any{"principalId": "{principalId:" + s.Principal + "}",
		"roleDefinitionId": "/subscriptions/" + azuresim.DefaultSubscriptionID + "/providers/" + azuresim.RoleDefinitionType + "/" + s.Role}}
}

// like finds the recorded request of the same method about the same type: its version, query and body are the same.
func like(t *testing.T, q request) request {
	t.Helper()
	for _, name := range names(t) {
		for _, recorded := range load(t, name).Requests {
			if recorded.Method == q.Method && typeAtEnd(recorded.Path) == typeAtEnd(q.Path) {
				recorded.Path, recorded.Code = q.Path, ""
				return recorded
			}
		}
	}
	t.Fatalf("no recording has a request like %s %s", q.Method, q.Path)
	return request{}
}

// typeAtEnd is the last type of a path, in lower case; for a list and an action their word.
func typeAtEnd(path string) string {
	word, isList := answered(request{Path: path, APIVersion: "some"})
	if isList {
		word += " list"
	}
	return word
}
