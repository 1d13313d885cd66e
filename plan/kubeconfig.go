package plan

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// Kubeconfig is a kubeconfig as AKS answers with it, and what it says of the cluster.
type Kubeconfig struct {
	// Text of the file, YAML. It is a credential, or leads to one.
	Text string
	// Host is the URL of the API server, as https://shop-1234.hcp.westeurope.azmk8s.io:443.
	Host string
	// ClusterCACertificate is the certificate of the authority that signed the API server's, PEM in base64, as a kubeconfig has it.
	ClusterCACertificate string
}

// The flags of `kubelogin get-token` that AKS gives a kubeconfig.
const (
	serverIDFlag    = "--server-id"
	clientIDFlag    = "--client-id"
	tenantIDFlag    = "--tenant-id"
	environmentFlag = "--environment"
)

// loginFlags are what `kubelogin convert-kubeconfig` keeps of them for each way to sign in, in its order and beside --server-id, which
// all need. The client ID that AKS gives is that of an application for people; a service principal keeps it too, and kubelogin
// replaces it by AZURE_CLIENT_ID. (pkg/internal/converter/convert.go in v0.2.19 of github.com/Azure/kubelogin, read 2026-11-26;
// tests/kubelogin compares.)
var loginFlags = map[KubeconfigLogin][]string{
	KubeconfigLoginDeviceCode:       {clientIDFlag, tenantIDFlag, environmentFlag},
	KubeconfigLoginInteractive:      {clientIDFlag, tenantIDFlag, environmentFlag},
	KubeconfigLoginAzureCLI:         {},
	KubeconfigLoginAzd:              {},
	KubeconfigLoginWorkloadIdentity: {},
	KubeconfigLoginAzurePipelines:   {tenantIDFlag},
	KubeconfigLoginServicePrincipal: {clientIDFlag, tenantIDFlag, environmentFlag},
	KubeconfigLoginManagedIdentity:  {},
}

// ReadKubeconfig reads a kubeconfig of AKS and makes it sign in as asked; empty leaves the text as it is. An error says what the
// kubeconfig lacks, and nothing of what it holds.
func ReadKubeconfig(text string, login KubeconfigLogin) (Kubeconfig, error) {
	var document yaml.Node
	if yaml.Unmarshal([]byte(text), &document) != nil || len(document.Content) == 0 { // yaml's error may quote a credential
		return Kubeconfig{}, errors.New("the kubeconfig that AKS returned is not YAML")
	}
	root := document.Content[0]
	cluster := firstOf(root, "clusters", "cluster")
	config := Kubeconfig{Text: text, Host: scalar(cluster, "server"), ClusterCACertificate: scalar(cluster, "certificate-authority-data")}
	if config.Host == "" {
		return Kubeconfig{}, errors.New("the kubeconfig that AKS returned names no server")
	}
	if login == "" {
		return config, nil
	}
	if err := signIn(root, login); err != nil {
		return Kubeconfig{}, err
	}
	rewritten, err := encoded(&document)
	config.Text = rewritten
	return config, err
}

// signIn changes the arguments of kubelogin, in the only user that a kubeconfig of AKS has.
func signIn(root *yaml.Node, login KubeconfigLogin) error {
	exec := field(firstOf(root, "users", "user"), "exec")
	args := field(exec, "args")
	if args == nil || !strings.Contains(strings.ToLower(scalar(exec, "command")), "kubelogin") {
		return fmt.Errorf("kubeconfigLogin is %q, and the kubeconfig that AKS returned does not call kubelogin: "+
			"leave kubeconfigLogin out, or integrate the cluster with Entra", login)
	}
	var given []string
	for _, arg := range args.Content {
		given = append(given, arg.Value)
	}
	changed, err := login.args(given)
	if err != nil {
		return err
	}
	return args.Encode(changed)
}

// args of `kubelogin get-token` for this way to sign in, made from those that AKS gives.
func (l KubeconfigLogin) args(given []string) ([]string, error) {
	out := []string{"get-token", "--login", string(l)}
	for _, flag := range append([]string{serverIDFlag}, loginFlags[l]...) {
		value := flagValue(given, flag)
		if value == "" && flag != environmentFlag { // kubelogin's default is the public cloud
			return nil, fmt.Errorf("the kubeconfig that AKS returned calls kubelogin without %s, which the login %s needs", flag, l)
		}
		if value != "" {
			out = append(out, flag, value)
		}
	}
	return out, nil
}

// flagValue is what stands behind a flag; empty when the flag is not there.
func flagValue(args []string, flag string) string {
	i := slices.Index(args, flag)
	if i < 0 || i+1 == len(args) {
		return ""
	}
	return args[i+1]
}

// firstOf is an object in the first element of a list: AKS's kubeconfig has one cluster and one user.
func firstOf(root *yaml.Node, list, object string) *yaml.Node {
	elements := field(root, list)
	if elements == nil || elements.Kind != yaml.SequenceNode || len(elements.Content) == 0 {
		return nil
	}
	return field(elements.Content[0], object)
}

// field of an object; nil when there is no object or no such field.
func field(object *yaml.Node, name string) *yaml.Node {
	if object == nil || object.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(object.Content); i += 2 {
		if object.Content[i].Value == name {
			return object.Content[i+1]
		}
	}
	return nil
}

func scalar(object *yaml.Node, name string) string {
	if node := field(object, name); node != nil && node.Kind == yaml.ScalarNode {
		return node.Value
	}
	return ""
}

func encoded(document *yaml.Node) (string, error) {
	quoteBlocks(document)
	var b bytes.Buffer
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	if encoder.Encode(document) != nil {
		return "", errors.New("the kubeconfig that AKS returned cannot be written again")
	}
	return b.String(), nil
}

// quoteBlocks: yaml.v3 v3.0.1 writes a block of text without the empty line that it begins with, as AKS's hint for installing kubelogin
// does.
func quoteBlocks(node *yaml.Node) {
	if node.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		node.Style = yaml.DoubleQuotedStyle
	}
	for _, child := range node.Content {
		quoteBlocks(child)
	}
}

// checkLogin: only a cluster with Entra has somebody to sign in, and the admin kubeconfig holds a certificate. An adopted cluster may
// have Entra although no argument says so.
func (c Cluster) checkLogin(p *problems) {
	oneOf(p, "kubeconfigLogin", c.Login)
	switch {
	case c.Login == "":
	case c.AdminCredentials:
		p.add("kubeconfigLogin", "the admin kubeconfig holds a certificate, and nobody signs in with it",
			"leave out kubeconfigLogin or adminKubeconfig.")
	case c.Entra == nil && !c.Adopt.Cluster && !c.addsEntra():
		p.add("kubeconfigLogin", "without Entra the kubeconfig holds a certificate, and nobody signs in with it",
			"leave it out, or integrate the cluster with Entra (entra).")
	}
}

// addsEntra tells whether the additional properties integrate Entra, or may, because they are late as a whole.
func (c Cluster) addsEntra() bool {
	return slices.ContainsFunc(c.Additional, func(a Addition) bool { return len(a.Keys) == 0 || a.Keys[0] == "aadProfile" })
}
