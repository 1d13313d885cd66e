package azuresim

import (
	"encoding/base64"
	"strings"
	"text/template"
)

// preparePost runs an action of a resource.
func (c *Cloud) preparePost(q *request) (*change, *Error) {
	if run, known := q.info.actions[strings.ToLower(q.action)]; known {
		return run(c, q)
	}
	if q.old == nil {
		return nil, c.notFound(q)
	}
	return nil, refuse(404, CodeInvalidResourceType, q.action,
		"The action '%s' of %s is not known to the simulator.", q.action, q.info.name)
}

// clusterActions are the actions of a cluster that the simulator knows.
var clusterActions = map[string]action{
	"listclusterusercredential": func(c *Cloud, q *request) (*change, *Error) {
		return c.clusterCredential(q, "clusterUser", "clusterUser")
	},
	"listclusteradmincredential": func(c *Cloud, q *request) (*change, *Error) {
		return c.clusterCredential(q, "clusterAdmin", "clusterAdmin")
	},
}

// clusterCredential answers with a kubeconfig: certificates for a local account; for users of an Entra cluster an exec plugin that asks
// for a device code, or what the request's format asks for. Without local accounts there is no static credential.
func (c *Cloud) clusterCredential(q *request, name, user string) (*change, *Error) {
	if q.old == nil {
		return nil, c.notFound(q)
	}
	props := q.old.properties()
	entra := object(props, "aadProfile") != nil && user == "clusterUser"
	if truth(props, "disableLocalAccounts") && !entra {
		return nil, badRequest(CodeBadRequest, "",
			"Getting static credential is not allowed because this cluster is set to disable local accounts.")
	}
	signIn, bad := entraFormat(q, entra)
	if bad != nil {
		return nil, bad
	}
	content, err := kubeconfig(q.old, user, signIn)
	if err != nil {
		return nil, refuse(500, "InternalServerError", "", "%v", err)
	}
	body := map[string]any{"kubeconfigs": []any{map[string]any{
		"name": name, "value": base64.StdEncoding.EncodeToString([]byte(content))}}}
	return &change{status: 200, body: func() map[string]any { return body }}, nil
}

// entraFormat is the form of the section with which users sign in; empty is a certificate. AKS gives exec since Kubernetes 1.24, and
// looks at the request's format for clusters with Entra only (Microsoft, REST API "List Cluster User Credentials", 2024-08-01, and
// "Use kubelogin to authenticate users in AKS", read 2026-11-26). With which code it refuses another format is not verified.
func entraFormat(q *request, entra bool) (string, *Error) {
	if !entra {
		return "", nil
	}
	switch format := text(q.body, "format"); format {
	case "", "exec":
		return "exec", nil
	case "azure":
		return "azure", nil
	default:
		return "", badRequest(CodeBadRequest, "format", "The format '%s' is none of azure and exec.", format)
	}
}

// Ids of the AKS server and client applications in Entra, the same in every tenant (AKS kubelogin documentation).
const (
	entraServerID = "6dae42f8-4368-4678-94ff-3960e28e3630"
	entraClientID = "80faf920-1908-4b52-b5ef-a8e7bedfc67a"
)

// The exec section is that of AKS as users show it (pulumi/pulumi-azure-native#2399 of April 2023, read 2026-11-26).
var kubeconfigTemplate = template.Must(template.New("kubeconfig").Parse(`apiVersion: v1
kind: Config
clusters:
- name: {{.Cluster}}
  cluster:
    certificate-authority-data: {{.Certificate}}
    server: https://{{.Server}}:443
contexts:
- name: {{.Cluster}}
  context:
    cluster: {{.Cluster}}
    user: {{.User}}
current-context: {{.Cluster}}
preferences: {}
users:
- name: {{.User}}
  user:
{{- if eq .SignIn "azure"}}
    auth-provider:
      name: azure
      config:
        apiserver-id: {{.ServerID}}
        client-id: {{.ClientID}}
        config-mode: '1'
        environment: AzurePublicCloud
        tenant-id: {{.Tenant}}
{{- else if eq .SignIn "exec"}}
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      command: kubelogin
      args:
      - get-token
      - --environment
      - AzurePublicCloud
      - --server-id
      - {{.ServerID}}
      - --client-id
      - {{.ClientID}}
      - --tenant-id
      - {{.Tenant}}
      - --login
      - devicecode
      env: null
      installHint: |2

        kubelogin is not installed which is required to connect to AAD enabled cluster.

        To learn more, please go to https://aka.ms/aks/kubelogin
      provideClusterInfo: false
{{- else}}
    client-certificate-data: {{.Certificate}}
    client-key-data: {{.Key}}
    token: {{.Token}}
{{- end}}
`))

func kubeconfig(r *resource, user, signIn string) (string, error) {
	id, bad := parseID(r.ID)
	if bad != nil {
		return "", bad
	}
	server := text(r.Body, "properties", "fqdn")
	if server == "" {
		server = text(r.Body, "properties", "privateFQDN")
	}
	var b strings.Builder
	err := kubeconfigTemplate.Execute(&b, map[string]any{
		"Cluster": r.Name, "Server": server, "User": user + "_" + id.group + "_" + r.Name, "SignIn": signIn,
		"Certificate": fakePEM("CERTIFICATE", r.ID), "Key": fakePEM("RSA PRIVATE KEY", r.ID),
		"Token":    undashed(derive("token", user, r.ID)),
		"ServerID": entraServerID, "ClientID": entraClientID, "Tenant": DefaultTenantID,
	})
	return b.String(), err
}

// fakePEM has the form of a PEM block; there is no key in it.
func fakePEM(kind, id string) string {
	content := base64.StdEncoding.EncodeToString([]byte("simulated " + derive(kind, id)))
	return base64.StdEncoding.EncodeToString([]byte("-----BEGIN " + kind + "-----\n" + content + "\n-----END " + kind + "-----\n"))
}
