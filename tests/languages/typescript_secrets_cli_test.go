//go:build cli

package languages_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// sentinel is the secret that nothing may print.
const sentinel = "sentinel-4f1d"

// leaks are clusters with a secret in a place or of a kind that is refused. The compiler is silenced where it would refuse them.
var leaks = []struct{ name, reason, cluster, says string }{
	{"plain", "a plain argument takes no secret", `systemPool: { subnet: pulumi.secret("SENTINEL") as any }`, "systemPool.subnet"},
	{"enum", "nor does an enumeration", `identity: { type: pulumi.secret("SENTINEL") as any }`, "identity.type"},
	{"kind", "a list is no name", `clusterName: pulumi.secret(["SENTINEL"]) as any`, "clusterName"},
	{"value", "what is no resource ID is refused when it arrives", `subnets: { nodes: pulumi.secret("SENTINEL") }, systemPool: { subnet: "nodes" }`, "subnets.nodes"},
	{"config", "so is a secret of the configuration", `diskEncryptionSetId: new pulumi.Config().requireSecret("secret")`, "diskEncryptionSetId has"},
}

func (w workspace) writeSecrets(t *testing.T) {
	t.Helper()
	for _, l := range leaks {
		cluster := strings.ReplaceAll(l.cluster, "SENTINEL", sentinel)
		w.writeProgram(t, "secrets/"+l.name+".ts",
			fmt.Sprintf("new aksidentity.ManagedIdentityCluster(\"shop\", { location: \"westeurope\", apiServer: { public: true }, %s });", cluster))
	}
}

// mustKeepSecrets: a program that is refused gets an answer with the path of the argument, and its secret stands neither there nor in
// anything that the CLI has written.
func (w workspace) mustKeepSecrets(t *testing.T) {
	for _, l := range leaks {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			p := newProject(t, azuresim.New(), "shop", nil)
			p.Must("config", "set", "--secret", "secret", sentinel)
			out, err := w.run(t, p, "secrets/"+l.name+".js", "up")
			if err == nil || !strings.Contains(out, l.says) {
				t.Errorf("%s: got %v, want an error that names %s in\n%s", l.reason, err, l.says, out)
			}
			if strings.Contains(out, sentinel) {
				t.Errorf("the answer has the secret:\n%s", out)
			}
			mustNotHold(t, p.Folder)
			mustNotHold(t, valueOf(p.Env, "PULUMI_HOME"))
		})
	}
}

// valueOf is the value of an environment variable: its last one counts.
func valueOf(env []string, name string) (value string) {
	for _, setting := range env {
		if text, ok := strings.CutPrefix(setting, name+"="); ok {
			value = text
		}
	}
	return value
}

// mustNotHold looks for the secret in all files of the folder. There has to be one.
func mustNotHold(t *testing.T, folder string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(folder, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files++
		text, err := os.ReadFile(file)
		if err == nil && strings.Contains(string(text), sentinel) {
			t.Errorf("%s has the secret", file)
		}
		return err
	})
	if err != nil || files == 0 {
		t.Errorf("nothing was looked at in %s: %v", folder, err)
	}
}
