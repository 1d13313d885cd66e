package components_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// signingIn makes one cluster and exports how to get into it.
func signingIn(args *components.ManagedIdentityClusterArgs) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		c, err := components.NewManagedIdentityCluster(ctx, "aks", args)
		if err != nil {
			return err
		}
		ctx.Export("fqdn", c.FQDN)
		ctx.Export("kubeconfig", c.Kubeconfig)
		ctx.Export("host", c.Host)
		ctx.Export("clusterCaCertificate", c.ClusterCACertificate)
		return nil
	}
}

func withEntra(login components.KubeconfigLogin) *components.ManagedIdentityClusterArgs {
	args := smallest()
	args.Entra = &components.EntraArgs{AdminGroupObjectIDs: pulumi.StringArray{pulumi.String("00000000-0000-4000-8000-00000000000a")}}
	args.KubeconfigLogin = login
	return args
}

// TestTheKubeconfigSignsInAsAsked: by every way that there is; only the default and the way of that name ask for a device code.
func TestTheKubeconfigSignsInAsAsked(t *testing.T) {
	for _, login := range append([]string{""}, plan.KubeconfigLogin("").Set().Values()...) {
		t.Run("login "+login, func(t *testing.T) {
			simtest.Run(t, signingIn(withEntra(components.KubeconfigLogin(login))), simtest.WithCheck(func(_ *simtest.Stack, up simtest.Result) {
				value, secret := up.Output("kubeconfig")
				text, _ := value.(string)
				want := login
				if login == "" {
					want = "devicecode"
				}
				if !secret || !strings.Contains(text, "- "+want+"\n") {
					t.Errorf("kubeconfig: secret is %v, and it does not sign in by %s:\n%s", secret, want, text)
				}
				if strings.Contains(text, "devicecode") != (want == "devicecode") {
					t.Errorf("whether a person has to type a code is another matter than asked:\n%s", text)
				}
			}))
		})
	}
}

// TestHostAndCertificateAuthorityAreOpen: both are what the kubeconfig says, and readable although it is a secret.
func TestHostAndCertificateAuthorityAreOpen(t *testing.T) {
	for name, args := range map[string]*components.ManagedIdentityClusterArgs{"a local account": smallest(), "Entra": withEntra("azurecli")} {
		simtest.Run(t, signingIn(args), simtest.WithCheck(func(_ *simtest.Stack, up simtest.Result) {
			fqdn, _ := up.Output("fqdn")
			host, secretHost := up.Output("host")
			if host != "https://"+fqdn.(string)+":443" || secretHost {
				t.Errorf("%s: the host of %v is %v, secret: %v", name, fqdn, host, secretHost)
			}
			authority, secretAuthority := up.Output("clusterCaCertificate")
			pem, err := base64.StdEncoding.DecodeString(authority.(string))
			if err != nil || !strings.HasPrefix(string(pem), "-----BEGIN CERTIFICATE-----") || secretAuthority {
				t.Errorf("%s: the certificate is %q, %v, secret: %v", name, pem, err, secretAuthority)
			}
		}))
	}
}

// TestALoginThatNobodyCanUseIsRefused: before anything is made where the arguments say it, and with what to do where only Azure knows.
func TestALoginThatNobodyCanUseIsRefused(t *testing.T) {
	local := smallest()
	local.KubeconfigLogin = components.KubeconfigLoginAzureCLI
	before := simtest.New(t, signingIn(local))
	if up := before.Up(); up.Err == nil || !strings.Contains(up.Diagnostics(), "kubeconfigLogin: without Entra") || len(before.Cloud().Resources()) > 0 {
		t.Errorf("without Entra: %v\n%s", up.Err, up.Diagnostics())
	}

	cloud := azuresim.New()
	cloud.MustSeedCluster("shop", "old", nil)
	found := &components.ManagedIdentityClusterArgs{
		ResourceGroupName: pulumi.String("shop"), ClusterName: pulumi.String("old"), Adopt: &components.AdoptClusterArgs{Cluster: true},
		APIServer: &components.APIServerArgs{Public: true}, KubeconfigLogin: components.KubeconfigLoginAzureCLI,
	}
	up := simtest.New(t, signingIn(found), simtest.WithCloud(cloud)).Up()
	if up.Err == nil || !strings.Contains(up.Diagnostics(), "leave kubeconfigLogin out, or integrate the cluster with Entra") {
		t.Errorf("an adopted cluster without Entra: %v\n%s", up.Err, up.Diagnostics())
	}
}
