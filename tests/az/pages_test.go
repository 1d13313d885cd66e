//go:build az

package az

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/tests/codeblocks"
	"github.com/aksidentity/pulumi-aksidentity/tests/golden"
)

const listed = "../codeblocks/testdata/commands/az.txt"

// TestTheListedCommandsAreAzs: each command of the Azure CLI on our pages is one that it has, with the flags that are listed. A newer one may
// have more.
func TestTheListedCommandsAreAzs(t *testing.T) {
	pages, err := codeblocks.Open("../..")
	if err != nil {
		t.Fatal(err)
	}
	used, err := pages.Used("az")
	if err != nil || len(used) == 0 {
		t.Fatalf("the pages use %v: %v", used, err)
	}
	w, has := newWorld(t), codeblocks.Commands{}
	for _, words := range used {
		name := words
		if end := slices.IndexFunc(words, func(word string) bool { return strings.HasPrefix(word, "-") }); end >= 0 {
			name = words[:end]
		}
		if _, known := has["az "+strings.Join(name, " ")]; known {
			continue
		}
		a := w.run(strings.Join(name, " ") + " --help")
		if a.exit != 0 || !strings.HasPrefix(strings.TrimSpace(a.out), "Command") {
			t.Fatalf("az %v is no command: exit %d\n%s%s", name, a.exit, a.out, a.errors)
		}
		has["az "+strings.Join(name, " ")] = codeblocks.Command{Flags: codeblocks.FlagsOfHelp(a.out)}
	}
	if *update {
		golden.Compare(t, listed, "# az 2.45.0\n"+has.String(), true, "")
		return
	}
	text, err := os.ReadFile(listed)
	if err != nil {
		t.Fatal(err)
	}
	for name, command := range codeblocks.ParseCommands(string(text)) {
		for _, flag := range command.Flags {
			if !slices.Contains(has[name].Flags, flag) {
				t.Errorf("%s has no flag %s", name, flag)
			}
		}
	}
}
