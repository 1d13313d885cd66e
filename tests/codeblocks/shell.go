package codeblocks

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

const module = "github.com/aksidentity/pulumi-aksidentity"

// others are the commands of every Unix that our pages use, with the flags that they use of them. Git, sha256sum and jq are those of Debian 12.
var others = map[string][]string{
	"cd": nil, "mkdir": nil, "export": nil, "jq": {"-r"}, "git": {}, "sha256sum": {"--check", "--ignore-missing"},
}

// known says what is wrong with the words of a command, or nothing.
func (r *Repository) known(words []string) error {
	switch name := words[0]; name {
	case "make":
		return r.targets(words[1:])
	case "go":
		return r.goes(words[1:])
	case "azuresim":
		return r.azuresim(words[1:])
	case "pulumi", "az", "kubectl", "aksid":
		return r.listed(name, words[1:])
	default:
		allowed, known := others[name]
		if !known {
			return fmt.Errorf("there is no command %s", name)
		}
		return flagsAmong(words[1:], allowed)
	}
}

// targets are those of the Makefile, with settings of variables among them.
func (r *Repository) targets(words []string) error {
	makefile, err := r.read("Makefile")
	if err != nil {
		return err
	}
	for _, word := range words {
		if !strings.Contains(word, "=") && !strings.Contains(makefile, "\n"+word+": ") {
			return fmt.Errorf("the Makefile has no target %s", word)
		}
	}
	return nil
}

// goFlags are the flags of the go command that our pages use.
var goFlags = map[string][]string{
	"get": nil, "mod": nil, "build": nil, "doc": nil, "version": nil, "generate": nil, "run": nil, "install": nil,
	"test": {"-run", "-v", "-tags", "-update", "-count", "-timeout"},
}

func (r *Repository) goes(words []string) error {
	if len(words) == 0 {
		return fmt.Errorf("go is told nothing")
	}
	allowed, known := goFlags[words[0]]
	if !known {
		return fmt.Errorf("go %s is no command that is known here", words[0])
	}
	if words[0] == "run" {
		return r.runs(words[1:])
	}
	folder := ""
	for _, word := range words[1:] {
		if word == "./..." || !strings.HasPrefix(word, "./") && !strings.HasPrefix(word, module) {
			continue
		}
		if folder = folderOf(word); !r.isFolder(folder) {
			return fmt.Errorf("there is no folder %s", folder)
		}
	}
	if at := slices.Index(words, "-run"); at > 0 && at+1 < len(words) {
		if expression, err := regexp.Compile(words[at+1]); err != nil || !r.matching(folder, expression) {
			return fmt.Errorf("no test there is called %s: %w", words[at+1], err)
		}
	}
	return flagsAmong(words[1:], allowed)
}

// runs is `go run`: of one of our own programs, whose flags stand in its source.
func (r *Repository) runs(words []string) error {
	if len(words) == 0 || !r.isFolder(folderOf(words[0])) {
		return fmt.Errorf("there is no folder to run")
	}
	folder := folderOf(words[0])
	if folder == "cmd/azuresim" {
		return r.azuresim(words[1:])
	}
	source, err := r.read(folder + "/main.go")
	if err != nil {
		return err
	}
	for _, word := range words[1:] {
		if name, is := strings.CutPrefix(word, "-"); is && !strings.Contains(source, `"`+name+`"`) {
			return fmt.Errorf("%s has no flag %s", folder, word)
		}
	}
	return nil
}

var flagInSource = regexp.MustCompile(`flags\.\w+\((?:&[\w.]+, )?"([a-z-]+)"`)

// azuresim has its flags in one file for each command.
func (r *Repository) azuresim(words []string) error {
	if len(words) == 0 || words[0] != "serve" && words[0] != "show" {
		return fmt.Errorf("azuresim serves or shows")
	}
	source, err := r.read("cmd/azuresim/" + words[0] + ".go")
	if err != nil {
		return err
	}
	var flags []string
	for _, match := range flagInSource.FindAllStringSubmatch(source, -1) {
		flags = append(flags, "-"+match[1])
	}
	return flagsAmong(words[1:], flags)
}

func folderOf(pattern string) string {
	return path.Clean("./" + strings.TrimPrefix(strings.TrimSuffix(pattern, "/..."), module))
}

// listed looks the command up in the list of what the program can do.
func (r *Repository) listed(program string, words []string) error {
	text, err := r.read("tests/codeblocks/testdata/commands/" + program + ".txt")
	if err != nil {
		return err
	}
	commands := ParseCommands(text)
	name := program
	rest := words
	for len(rest) > 0 && commands.has(name+" "+rest[0]) {
		name, rest = name+" "+rest[0], rest[1:]
	}
	command, found := commands[name]
	switch {
	case !found:
		return fmt.Errorf("there is no %s", strings.Join(append([]string{program}, words...), " "))
	case command.Group && len(rest) > 0 && !strings.HasPrefix(rest[0], "-"):
		return fmt.Errorf("there is no %s %s, or nobody has used it yet: the tests that write %s.txt say how", name, rest[0], program)
	}
	return flagsAmong(rest, command.Flags)
}

func flagsAmong(words, allowed []string) error {
	for _, word := range words {
		flag, _, _ := strings.Cut(word, "=")
		if strings.HasPrefix(flag, "-") && flag != "-" && !slices.Contains(allowed, flag) {
			return fmt.Errorf("it has no flag %s", flag)
		}
	}
	return nil
}
