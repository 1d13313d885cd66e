package codeblocks

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/tests/markdown"
)

// Commands are what a program can do, by the words of the command.
type Commands map[string]Command

// Command is one of them.
type Command struct {
	// Group has commands of its own below it, and takes no arguments.
	Group bool
	// Flags are those that it takes, each as it is written, with its dashes.
	Flags []string
}

func (c Commands) has(name string) bool {
	_, found := c[name]
	if found {
		return true
	}
	for longer := range c {
		if strings.HasPrefix(longer, name+" ") {
			return true
		}
	}
	return false
}

// ParseCommands reads the list: a line for each command, as "pulumi stack ls: --all -a", with a star after the name of a group. Lines that
// begin with # are for people.
func ParseCommands(text string) Commands {
	commands := Commands{}
	for line := range strings.Lines(text) {
		name, flags, is := strings.Cut(line, ":")
		if strings.HasPrefix(line, "#") || !is {
			continue
		}
		plain, group := strings.CutSuffix(name, "*")
		commands[plain] = Command{Group: group, Flags: strings.Fields(flags)}
	}
	return commands
}

// String is the list that [ParseCommands] reads.
func (c Commands) String() string {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(c)) {
		text.WriteString(name)
		if c[name].Group {
			text.WriteString("*")
		}
		text.WriteString(": " + strings.Join(slices.Compact(slices.Sorted(slices.Values(c[name].Flags))), " ") + "\n")
	}
	return text.String()
}

// flagInHelp finds -f, --flag and "--flag -f", each alone at the beginning of a line, as the help texts of cobra, the Azure CLI and kubectl
// have them.
var flagInHelp = regexp.MustCompile(`(?m)^\s+((?:--?[A-Za-z][\w-]*(?:,? +|=|$))+)`)

// FlagsOfHelp are the flags that a help text lists.
func FlagsOfHelp(help string) []string {
	var flags []string
	for _, match := range flagInHelp.FindAllStringSubmatch(help, -1) {
		flags = append(flags, strings.FieldsFunc(match[1], func(c rune) bool { return strings.ContainsRune(", =\n", c) })...)
	}
	return flags
}

// Used are the commands of the program in the blocks of all pages that are for hand, each as the words behind its name.
func (r *Repository) Used(program string) ([][]string, error) {
	var used [][]string
	for _, page := range r.Pages {
		text, err := r.read(page)
		if err != nil {
			return nil, err
		}
		for _, b := range markdown.Blocks(text) {
			if b.Mark != "by hand" {
				continue
			}
			commands, err := markdown.Commands(b.Text)
			if err != nil {
				return nil, err
			}
			for _, words := range commands {
				if words[0] == program {
					used = append(used, words[1:])
				}
			}
		}
	}
	return used, nil
}
