//go:build cli

package languages_test

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// cannotLink is how `pulumi package add` ends with the host for YAML that is there as a Go module: pulumi-yaml 1.25.0 is older than this
// step. A released CLI brings its own host.
const cannotLink = "linking package: method Link not implemented"

// TestTheLinesForYAMLWork runs the lines of docs/languages.md in a new folder: the built plugin, a program, and an Azure that `azuresim
// serve` keeps in a file.
func TestTheLinesForYAMLWork(t *testing.T) {
	_, section, _ := strings.Cut(readPage(t), "\n## YAML\n")
	section, _, _ = strings.Cut(section, "\n## ")
	scripts := regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(section, -1)
	program := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindStringSubmatch(section)
	if len(scripts) != 3 || program == nil {
		t.Fatalf("the section has %d scripts and the program %v", len(scripts), program)
	}
	s := newShell(t)
	s.in("../..").run(t, strings.TrimSpace(scripts[0][1]))
	s.serve(t, strings.TrimSpace(scripts[1][1]))
	if err := os.WriteFile(filepath.Join(s.folder, "Pulumi.yaml"), []byte(program[1]), 0o600); err != nil {
		t.Fatal(err)
	}
	var grants string
	for line := range strings.Lines(scripts[2][1]) {
		line = strings.TrimSpace(line)
		if setting, is := strings.CutPrefix(line, "export "); is {
			s.env = append(s.env, setting)
			continue
		}
		out, err := s.try(t, line)
		switch {
		case err != nil && !(strings.HasPrefix(line, "pulumi package add ") && strings.Contains(out, cannotLink)):
			t.Fatalf("%s: %v\n%s", line, err, out)
		case strings.HasPrefix(line, "pulumi package add "):
			if added, err := filepath.Glob(filepath.Join(s.folder, "sdks", "*", "aksidentity*.yaml")); err != nil || len(added) != 1 {
				t.Errorf("the package is noted in %v %v", added, err)
			}
		case strings.HasPrefix(line, "pulumi up "):
			s.mustHold(t, 1)
		case line == "pulumi stack output grants":
			grants = out
		}
	}
	if !strings.Contains(grants, "Network Contributor") {
		t.Errorf("the grants are an output: %s", grants)
	}
	s.mustHold(t, 0)
}

// shell runs lines as somebody does who has Pulumi and Go, and nothing else of ours.
type shell struct {
	folder, state string
	env           []string
}

func newShell(t *testing.T) *shell {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	s, bin := &shell{folder: t.TempDir()}, t.TempDir()
	for name, program := range map[string]string{"pulumi": os.Getenv("PULUMI_BIN"), "pulumi-language-yaml": filepath.Join(root, "bin", "pulumi-language-yaml")} {
		if _, err := os.Stat(program); err != nil {
			t.Fatalf("%s: %v: `make test` sees to it", name, err)
		}
		if err := os.Symlink(program, filepath.Join(bin, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, setting := range os.Environ() {
		if name, _, _ := strings.Cut(setting, "="); !strings.HasPrefix(name, "PULUMI_") && name != "PATH" {
			s.env = append(s.env, setting)
		}
	}
	s.env = append(s.env, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "GOBIN="+bin, "PULUMI_HOME="+t.TempDir())
	return s
}

// in is the shell in another folder.
func (s *shell) in(folder string) *shell { return &shell{folder: folder, env: s.env} }

func (s *shell) command(t *testing.T, line string) *exec.Cmd {
	command := exec.CommandContext(t.Context(), "sh", "-c", "exec "+line)
	command.Dir, command.Env = s.folder, s.env
	return command
}

func (s *shell) try(t *testing.T, line string) (string, error) {
	t.Helper()
	out, err := s.command(t, line).CombinedOutput()
	return string(out), err
}

func (s *shell) run(t *testing.T, line string) {
	t.Helper()
	if out, err := s.try(t, line); err != nil {
		t.Fatalf("%s: %v\n%s", line, err, out)
	}
}

// serve starts a line that goes on until the test ends, in a folder of its own, and exports the lines that it prints first.
func (s *shell) serve(t *testing.T, line string) {
	t.Helper()
	elsewhere := s.in(t.TempDir())
	s.state = filepath.Join(elsewhere.folder, "azure.json")
	command := elsewhere.command(t, line)
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Signal(os.Interrupt)
		_ = command.Wait()
	})
	lines := bufio.NewScanner(out)
	for range 3 {
		if !lines.Scan() {
			t.Fatalf("%s does not say how to come in: %v", line, lines.Err())
		}
		s.env = append(s.env, lines.Text())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
}

// mustHold looks into the file of the simulated Azure: so many clusters, each with its grant.
func (s *shell) mustHold(t *testing.T, clusters int) {
	t.Helper()
	cloud, err := azuresim.Load(s.state)
	if err != nil {
		t.Fatal(err)
	}
	if made, granted := len(cloud.Clusters()), len(cloud.Assignments()); made != clusters || granted != clusters {
		t.Errorf("Azure has %d clusters and %d assignments, want %d of each", made, granted, clusters)
	}
}
