package simtest_test

import (
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"golang.org/x/crypto/bcrypt"
	"golang.org/x/crypto/ssh"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

// single is a program with one resource of any package.
func single(token string, inputs pulumi.Map, opts ...pulumi.ResourceOption) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		var r pulumi.CustomResourceState
		return ctx.RegisterResource(token, "thing", inputs, &r, append(opts, pulumi.Version("4.2.0"))...)
	}
}

// lived is a resource that went through a whole life with its fake.
func lived(t *testing.T, token string, inputs pulumi.Map) simtest.Resource {
	t.Helper()
	l := simtest.Run(t, single(token, inputs), simtest.WithFakes(), simtest.WithFake("datadog", simtest.Fake{}))
	r, found := l.Up.Resources.Find(token, "thing")
	if !found {
		t.Fatalf("%s was not made", token)
	}
	return r
}

// secretOutput is a text output that must be secret.
func secretOutput(t *testing.T, r simtest.Resource, name string) string {
	t.Helper()
	v := r.Outputs[resource.PropertyKey(name)]
	if !v.IsSecret() {
		t.Fatalf("%s of %s is secret, got %v", name, r.Type, v)
	}
	return v.SecretValue().Element.StringValue()
}

func TestAnyPackageIsEchoed(t *testing.T) {
	r := lived(t, "datadog:index/monitor:Monitor", pulumi.Map{"query": pulumi.String("avg"), "key": pulumi.ToSecret(pulumi.String("s3cret"))})
	if r.Outputs["query"].StringValue() != "avg" || !strings.HasPrefix(r.ID, "thing-") || secretOutput(t, r, "key") != "s3cret" {
		t.Errorf("inputs are outputs, secrets stay secret: %s %v", r.ID, r.Outputs)
	}
}

func TestRandomValuesAreAsAskedFor(t *testing.T) {
	cases := []struct {
		kind, output string
		inputs       pulumi.Map
		want         string
	}{
		{"randomString:RandomString", "result", pulumi.Map{"length": pulumi.Int(12), "special": pulumi.Bool(false), "upper": pulumi.Bool(false)}, `^[a-z0-9]{12}$`},
		{"randomString:RandomString", "result", pulumi.Map{"length": pulumi.Int(4), "minNumeric": pulumi.Int(4)}, `^[0-9]{4}$`},
		{"randomId:RandomId", "hex", pulumi.Map{"byteLength": pulumi.Int(4), "prefix": pulumi.String("p-")}, `^p-[0-9a-f]{8}$`},
		{"randomPet:RandomPet", "id", pulumi.Map{"length": pulumi.Int(3)}, `^[a-z]+-[a-z]+-[a-z]+$`},
		{"randomUuid:RandomUuid", "result", pulumi.Map{}, `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`},
		{"randomInteger:RandomInteger", "result", pulumi.Map{"min": pulumi.Int(7), "max": pulumi.Int(7)}, `^7$`},
		{"randomShuffle:RandomShuffle", "results", pulumi.Map{"inputs": pulumi.ToStringArray([]string{"a", "a"}), "resultCount": pulumi.Int(1)}, `^\[a\]$`},
	}
	for _, tc := range cases {
		t.Run(tc.want, func(t *testing.T) {
			t.Parallel()
			r := lived(t, "random:index/"+tc.kind, tc.inputs)
			got := r.ID
			if tc.output != "id" {
				got = fmt.Sprint(simtest.Plain(r.Outputs[resource.PropertyKey(tc.output)]))
			}
			if !regexp.MustCompile(tc.want).MatchString(got) {
				t.Errorf("%s is %s, want %s", tc.output, got, tc.want)
			}
		})
	}
}

func TestRandomPasswordsAreSecretAndKept(t *testing.T) {
	const token = "random:index/randomPassword:RandomPassword"
	inputs := pulumi.Map{"length": pulumi.Int(20), "minSpecial": pulumi.Int(2), "overrideSpecial": pulumi.String("#")}
	r := lived(t, token, inputs)
	password := secretOutput(t, r, "result")
	if len(password) != 20 || strings.Count(password, "#") < 2 || r.ID != "none" {
		t.Errorf("got %q with the ID %s", password, r.ID)
	}
	if err := bcrypt.CompareHashAndPassword([]byte(secretOutput(t, r, "bcryptHash")), []byte(password)); err != nil {
		t.Errorf("the hash is one of the password: %v", err)
	}
	if again := secretOutput(t, lived(t, token, inputs), "result"); again != password {
		t.Error("equal programs have equal passwords")
	}
	s := simtest.New(t, single(token, inputs), simtest.WithFakes())
	mustUp(t, s)
	inputs["keepers"] = pulumi.StringMap{"version": pulumi.String("2")}
	replaced := mustUp(t, s)
	now, _ := replaced.Resources.Find(token, "thing")
	if replaced.Op("replace") != 1 || secretOutput(t, now, "result") == password {
		t.Errorf("another keeper makes another password:\n%s", replaced.Steps)
	}
	if strings.Contains(string(s.Export()), secretOutput(t, now, "result")) {
		t.Error("the exported state does not show it")
	}
}

func TestWhatRandomCannotMake(t *testing.T) {
	for token, want := range map[string]string{
		"random:index/randomPassword:RandomPassword": "cannot be made of the classes",
		"random:index/randomDice:RandomDice":         "does not know the kind RandomDice",
	} {
		up := simtest.New(t, single(token, pulumi.Map{"length": pulumi.Int(1), "minUpper": pulumi.Int(2)}), simtest.WithFakes()).Up()
		if up.Err == nil || !strings.Contains(up.Explain(), want) {
			t.Errorf("%s: got %s, want %q", token, up.Explain(), want)
		}
	}
}

func TestTLSKeysAndCertificatesFitTogether(t *testing.T) {
	for _, key := range []pulumi.Map{
		{"algorithm": pulumi.String("RSA")}, {"algorithm": pulumi.String("ED25519")},
		{"algorithm": pulumi.String("ECDSA"), "ecdsaCurve": pulumi.String("P256")},
	} {
		t.Run(fmt.Sprint(key["algorithm"]), func(t *testing.T) {
			t.Parallel()
			r := lived(t, "tls:index/privateKey:PrivateKey", key)
			private := secretOutput(t, r, "privateKeyPem")
			signer, err := ssh.ParsePrivateKey([]byte(secretOutput(t, r, "privateKeyOpenssh")))
			if err != nil {
				t.Fatal(err)
			}
			if public := r.Outputs["publicKeyOpenssh"].StringValue(); public != string(ssh.MarshalAuthorizedKey(signer.PublicKey())) {
				t.Errorf("the OpenSSH keys are a pair, got %s", public)
			}
			cert := lived(t, "tls:index/selfSignedCert:SelfSignedCert", pulumi.Map{
				"privateKeyPem": pulumi.ToSecret(pulumi.String(private)), "validityPeriodHours": pulumi.Int(24),
				"dnsNames": pulumi.ToStringArray([]string{"shop.example"}), "allowedUses": pulumi.ToStringArray([]string{"server_auth"}),
				"isCaCertificate": pulumi.Bool(true), "subject": pulumi.Map{"commonName": pulumi.String("shop")},
			})
			block, _ := pem.Decode([]byte(cert.Outputs["certPem"].StringValue()))
			parsed, err := x509.ParseCertificate(block.Bytes)
			if err != nil {
				t.Fatal(err)
			}
			roots := x509.NewCertPool()
			roots.AddCert(parsed)
			if _, err := parsed.Verify(x509.VerifyOptions{DNSName: "shop.example", Roots: roots}); err != nil || parsed.Subject.CommonName != "shop" {
				t.Errorf("the certificate is good for its name: %v, %s", err, parsed.Subject)
			}
			if got := cert.Outputs["keyAlgorithm"].StringValue(); got != fmt.Sprint(key["algorithm"]) {
				t.Errorf("keyAlgorithm is %s", got)
			}
			request := lived(t, "tls:index/certRequest:CertRequest", pulumi.Map{
				"privateKeyPem": pulumi.String(private), "dnsNames": pulumi.ToStringArray([]string{"api.example"})})
			signed := lived(t, "tls:index/locallySignedCert:LocallySignedCert", pulumi.Map{
				"certRequestPem": pulumi.String(request.Outputs["certRequestPem"].StringValue()), "caPrivateKeyPem": pulumi.String(private),
				"caCertPem": pulumi.String(cert.Outputs["certPem"].StringValue()), "validityPeriodHours": pulumi.Int(12),
				"allowedUses": pulumi.ToStringArray([]string{"server_auth", "digital_signature"}),
			})
			block, _ = pem.Decode([]byte(signed.Outputs["certPem"].StringValue()))
			leaf, err := x509.ParseCertificate(block.Bytes)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := leaf.Verify(x509.VerifyOptions{DNSName: "api.example", Roots: roots}); err != nil {
				t.Errorf("what the authority signed is good: %v", err)
			}
		})
	}
	up := simtest.New(t, single("tls:index/selfSignedCert:SelfSignedCert", pulumi.Map{"privateKeyPem": pulumi.String("hunter2")}), simtest.WithFakes()).Up()
	if up.Err == nil || strings.Contains(up.Explain(), "hunter2") {
		t.Errorf("a key that is none is refused without showing it, got %s", up.Explain())
	}
}

func TestOpenSSHHasNoP224(t *testing.T) {
	r := lived(t, "tls:index/privateKey:PrivateKey", pulumi.Map{"algorithm": pulumi.String("ECDSA")})
	if secretOutput(t, r, "privateKeyPem") == "" || r.Outputs.HasValue("privateKeyOpenssh") || r.Outputs.HasValue("publicKeyOpenssh") {
		t.Errorf("the default curve has keys in PEM only, got %v", r.Outputs)
	}
}

func TestKubernetesObjectsHaveNamesAndStatus(t *testing.T) {
	cases := []struct {
		token, id, output string
		inputs            pulumi.Map
		want              string
	}{
		{"kubernetes:core/v1:Namespace", `^thing-[0-9a-f]{8}$`, "status", pulumi.Map{}, `phase:Active`},
		{"kubernetes:core/v1:Namespace", `^shop$`, "apiVersion", pulumi.Map{"metadata": pulumi.Map{"name": pulumi.String("shop")}}, `^v1$`},
		{"kubernetes:core/v1:ConfigMap", `^shop/thing-[0-9a-f]{8}$`, "metadata", pulumi.Map{"metadata": pulumi.Map{"namespace": pulumi.String("shop")}}, `uid:[0-9a-f-]{36}`},
		{"kubernetes:core/v1:ServiceAccount", `^default/thing-`, "kind", pulumi.Map{}, `^ServiceAccount$`},
		{"kubernetes:apps/v1:Deployment", `^default/thing-`, "status", pulumi.Map{"spec": pulumi.Map{"replicas": pulumi.Int(3)}}, `readyReplicas:3`},
		{"kubernetes:core/v1:Service", `^default/thing-`, "status", pulumi.Map{"spec": pulumi.Map{"type": pulumi.String("LoadBalancer")}}, `ip:20\.0\.`},
		{"kubernetes:helm.sh/v3:Release", `^shop/thing-[0-9a-f]{8}$`, "status", pulumi.Map{"chart": pulumi.String("nginx"), "namespace": pulumi.String("shop")}, `status:deployed`},
		{"kubernetes:cert-manager.io/v1:Certificate", `^default/thing-`, "apiVersion", pulumi.Map{}, `^cert-manager.io/v1$`},
	}
	for _, tc := range cases {
		t.Run(tc.token+tc.id, func(t *testing.T) {
			t.Parallel()
			r := lived(t, tc.token, tc.inputs)
			got := fmt.Sprint(simtest.Plain(r.Outputs[resource.PropertyKey(tc.output)]))
			if !regexp.MustCompile(tc.id).MatchString(r.ID) || !regexp.MustCompile(tc.want).MatchString(got) {
				t.Errorf("the ID is %s, want %s; %s is %s, want %s", r.ID, tc.id, tc.output, got, tc.want)
			}
		})
	}
}

func TestKubernetesChanges(t *testing.T) {
	const token = "kubernetes:core/v1:Secret"
	metadata := pulumi.Map{"name": pulumi.String("a")}
	inputs := pulumi.Map{"metadata": metadata, "stringData": pulumi.StringMap{"password": pulumi.String("hunter2")}}
	s := simtest.New(t, single(token, inputs), simtest.WithFakes())
	mustUp(t, s)
	r, _ := s.Resources().Find(token, "thing")
	if data := r.Outputs["data"]; !data.IsSecret() || fmt.Sprint(simtest.Plain(data)) != "map[password:aHVudGVyMg==]" {
		t.Errorf("the values are encoded and secret, got %v", data)
	}
	metadata["labels"] = pulumi.StringMap{"team": pulumi.String("shop")}
	if up := mustUp(t, s); up.Op("update") != 1 || up.Op("replace") != 0 {
		t.Errorf("labels are changed in place:\n%s", up.Steps)
	}
	metadata["name"] = pulumi.String("b")
	if up := mustUp(t, s); up.Op("replace") != 1 {
		t.Errorf("another name is another object:\n%s", up.Steps)
	}
}

// kubernetesProvider is what kubernetes.NewProvider makes.
type kubernetesProvider struct{ pulumi.ProviderResourceState }

func TestKubeconfigMustBeOne(t *testing.T) {
	for name, tc := range map[string]struct{ kubeconfig, want string }{
		"no kubeconfig": {"token: hunter2\nserver: x", "needs clusters, contexts and users"},
		"no YAML":       {"hunter2: {\n", "is not YAML"},
		"a file":        {"~/.kube/config", ""},
		"a kubeconfig":  {"clusters: [{name: a}]\ncontexts: [{name: a}]\nusers: [{name: a}]\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			up := simtest.New(t, func(ctx *pulumi.Context) error {
				provider := &kubernetesProvider{}
				err := ctx.RegisterResource("pulumi:providers:kubernetes", "k", pulumi.Map{"kubeconfig": pulumi.String(tc.kubeconfig)}, provider)
				if err != nil {
					return err
				}
				return single("kubernetes:core/v1:Namespace", pulumi.Map{}, pulumi.Provider(provider))(ctx)
			}, simtest.WithFakes()).Up()
			if (up.Err != nil) != (tc.want != "") || !strings.Contains(up.Explain(), tc.want) || strings.Contains(up.Explain(), "hunter2") {
				t.Errorf("got %s, want %q", up.Explain(), tc.want)
			}
		})
	}
}

func TestManifestsAreRead(t *testing.T) {
	up := simtest.New(t, func(ctx *pulumi.Context) error {
		var answer map[string]any
		args := map[string]any{"text": "kind: A\n---\nkind: B\n"}
		if err := ctx.Invoke("kubernetes:yaml:decode", args, &answer); err != nil {
			return err
		}
		ctx.Export("objects", pulumi.Any(answer["result"]))
		return nil
	}, simtest.WithFakes()).Up()
	if objects, _ := up.Output("objects"); fmt.Sprint(objects) != "[map[kind:A] map[kind:B]]" {
		t.Errorf("each document is an object, got %v %s", objects, up.Explain())
	}
	up = simtest.New(t, func(ctx *pulumi.Context) error {
		var answer map[string]any
		return ctx.Invoke("kubernetes:helm:template", map[string]any{}, &answer)
	}, simtest.WithFakes()).Up()
	if up.Err == nil || !strings.Contains(up.Explain(), "charts and kustomizations are not rendered") {
		t.Errorf("what the fake cannot do is refused by name, got %s", up.Explain())
	}
}

func TestWhatIsTakenAsGivenIsSaid(t *testing.T) {
	program := func(ctx *pulumi.Context) error {
		group, err := newGroup(ctx)
		if err != nil {
			return err
		}
		_, err = raw(ctx, "azure-native:app:ContainerApp", "shop", pulumi.Map{
			"resourceGroupName": group.Name, "containerAppName": pulumi.String("shop"), "location": pulumi.String("westeurope"),
			"template": pulumi.Map{"scale": pulumi.Map{"minReplicas": pulumi.Int(1)}}})
		return err
	}
	l := simtest.Run(t, program, simtest.WithCheck(func(s *simtest.Stack, _ simtest.Result) {
		if got := s.Cloud().GivenTypes(); len(got) != 1 || got[0] != "Microsoft.App/containerApps" {
			t.Errorf("the cloud lists it, got %v", got)
		}
	}))
	for name, r := range map[string]simtest.Result{"preview": l.Preview, "up": l.Up} {
		if !strings.Contains(r.Diagnostics(), "info: azure-native:app:ContainerApp is not modelled and kept as given") {
			t.Errorf("%s says so, got %q", name, r.Diagnostics())
		}
	}
}

func TestUnknownPropertiesAreWarnedOfOnDemand(t *testing.T) {
	program := func(ctx *pulumi.Context) error {
		_, err := raw(ctx, groupToken, "rg", pulumi.Map{"location": pulumi.String("westeurope"), "tag": pulumi.StringMap{}})
		return err
	}
	if up := simtest.New(t, program).Up(); up.Err == nil || !strings.Contains(up.Explain(), "did you mean 'tags'?") {
		t.Errorf("by default it is an error, got %s", up.Explain())
	}
	l := simtest.Run(t, program, simtest.WithAzureNative(azurenative.WarnOfUnknownProperties()))
	if !strings.Contains(l.Up.Diagnostics(), "warning: 'tag' is not an input property of azure-native:resources:ResourceGroup") {
		t.Errorf("on demand a warning, got %q", l.Up.Diagnostics())
	}
}
