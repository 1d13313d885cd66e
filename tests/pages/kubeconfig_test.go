package pages_test

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/components"
)

// withItsOwnKubeconfig is the code of docs/kubeconfig.md.
func withItsOwnKubeconfig(ctx *pulumi.Context) error {
	args := inSubnet()
	args.Entra = &components.EntraArgs{AdminGroupObjectIDs: pulumi.StringArray{pulumi.String(shopTeam)}}
	cluster, err := components.NewManagedIdentityCluster(ctx, "shop", args)
	if err != nil {
		return err
	}
	login := []string{"get-token", "--login", "azurecli", "--server-id", "6dae42f8-4368-4678-94ff-3960e28e3630"}
	kubeconfig := pulumi.JSONMarshal(pulumi.Map{
		"apiVersion": pulumi.String("v1"), "kind": pulumi.String("Config"), "current-context": pulumi.String("shop"),
		"clusters": pulumi.MapArray{pulumi.Map{"name": pulumi.String("shop"), "cluster": pulumi.Map{
			"server": cluster.Host, "certificate-authority-data": cluster.ClusterCACertificate,
		}}},
		"contexts": pulumi.MapArray{pulumi.Map{"name": pulumi.String("shop"), "context": pulumi.StringMap{
			"cluster": pulumi.String("shop"), "user": pulumi.String("me"),
		}}},
		"users": pulumi.MapArray{pulumi.Map{"name": pulumi.String("me"), "user": pulumi.Map{"exec": pulumi.Map{
			"apiVersion": pulumi.String("client.authentication.k8s.io/v1beta1"), "command": pulumi.String("kubelogin"), "args": pulumi.ToStringArray(login),
		}}}},
	})
	ctx.Export("own", kubeconfig)
	ctx.Export("azures", cluster.Kubeconfig)
	return nil
}

// TestAKubeconfigOfOnesOwnNamesTheCluster: it is open, and reaches the server that Azure's own, which is secret, names, with the same
// certificate and application.
func TestAKubeconfigOfOnesOwnNamesTheCluster(t *testing.T) {
	_, up := deployed(t, withItsOwnKubeconfig)
	own, secret := up.Output("own")
	azures, _ := up.Output("azures")
	var config struct {
		Clusters []struct {
			Cluster struct {
				Server string
				CA     string `json:"certificate-authority-data"`
			}
		}
		Users []struct {
			User struct{ Exec struct{ Args []string } }
		}
	}
	if text, _ := own.(string); secret || json.Unmarshal([]byte(text), &config) != nil || len(config.Clusters) != 1 || len(config.Users) != 1 {
		t.Fatalf("secret is %v: %v", secret, own)
	}
	text, _ := azures.(string)
	cluster, args := config.Clusters[0].Cluster, config.Users[0].User.Exec.Args
	for _, part := range []string{cluster.Server, cluster.CA, args[len(args)-1]} {
		if part == "" || !strings.Contains(text, part) {
			t.Errorf("Azure's kubeconfig does not have %q:\n%s", part, text)
		}
	}
	if pem, err := base64.StdEncoding.DecodeString(cluster.CA); err != nil || !strings.Contains(string(pem), "CERTIFICATE") {
		t.Errorf("the certificate is %s, %v", pem, err)
	}
}
