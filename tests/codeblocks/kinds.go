package codeblocks

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/tests/markdown"
)

// kind is a way in which a block is held.
type kind struct {
	mark *regexp.Regexp
	// languages are those that may be held like this; "" is a block without one.
	languages []string
	check     func(r *Repository, page, argument string, b markdown.Block) error
}

// kinds is the closed set. Code of a language with a compiler is always quoted from what is compiled.
var kinds = []kind{
	{regexp.MustCompile(`^from (\S+)$`), []string{"", "go", "yaml", "typescript", "python"}, (*Repository).quoted},
	{regexp.MustCompile(`^output of (\S+)$`), []string{"", "text", "json", "yaml"}, (*Repository).output},
	{regexp.MustCompile(`^run by (\w+)$`), []string{"", "sh", "yaml", "json"}, (*Repository).run},
	{regexp.MustCompile(`^arguments of (\w+)$`), []string{"yaml"}, (*Repository).arguments},
	{regexp.MustCompile(`^(by hand)$`), []string{"", "sh"}, (*Repository).byHand},
}

// Kinds are the marks that a block can have, for messages.
const Kinds = "from FILE, output of FILE, run by TEST, arguments of COMPONENT, by hand"

// Check says why the block is not held, or nothing.
func (r *Repository) Check(page string, b markdown.Block) error {
	if file := sourceBelow.FindStringSubmatch(b.After); file != nil && b.Mark == "" && strings.HasPrefix(page, reference) {
		return r.fragment(file[1], b)
	}
	if b.Mark == "" {
		return fmt.Errorf("nothing says what holds it: put a comment in front, one of: %s (go doc ./tests/codeblocks)", Kinds)
	}
	for _, k := range kinds {
		match := k.mark.FindStringSubmatch(b.Mark)
		switch {
		case match == nil:
			continue
		case !slices.Contains(k.languages, b.Language):
			return fmt.Errorf("a block of %s cannot be held by %q", b.Language, b.Mark)
		case strings.TrimSpace(b.Text) == "":
			return fmt.Errorf("it is empty")
		}
		return k.check(r, page, match[1], b)
	}
	return fmt.Errorf("its mark %q is none of: %s", b.Mark, Kinds)
}

// The generated reference shows single arguments, and names the file that each stands in below it.
const reference = "docs/reference/"

var sourceBelow = regexp.MustCompile(`^From \[([^\]]+)\]\(`)

// fragment is a part of a line, or of several, of code that is compiled; how it is spaced there does not count.
func (r *Repository) fragment(file string, b markdown.Block) error {
	source, err := r.read(file)
	if err != nil {
		return err
	}
	if err := r.compiled(file, source); err != nil {
		return err
	}
	if text := spaced(b.Text); text == "" || !strings.Contains(spaced(source), text) {
		return fmt.Errorf("it does not stand in %s", file)
	}
	return nil
}

func spaced(text string) string { return strings.Join(strings.Fields(text), " ") }

// deployed are the files in other languages than Go that tests deploy or compile, with the test that does.
var deployed = []struct{ pattern, test string }{
	{"examples/*/yaml/Pulumi.yaml", "TestEachExampleIsTheSameInYAML"},
	{"examples/*/yaml/*/Pulumi.yaml", "TestEachExampleIsTheSameInYAML"},
	{"examples/*/typescript/*.ts", "TestTypeScript"},
	{"examples/*/python/*.py", "TestPython"},
	{"tests/testdata/yaml/Pulumi.yaml", "TestAProgramInYAMLIsDeployed"},
	{"tests/pages/shop/hello.yaml", "TestTheManifestIsWhatKubernetesTakes"},
	{"tests/pages/shop/Pulumi.yaml", "TestTheProjectIsOneInGo"},
}

func (r *Repository) quoted(_, file string, b markdown.Block) error {
	source, err := r.read(file)
	if err != nil {
		return err
	}
	if err := r.compiled(file, source); err != nil {
		return err
	}
	if !markdown.Quotes(source, b.Text) {
		return fmt.Errorf("it does not stand in %s", file)
	}
	return nil
}

func (r *Repository) compiled(file, source string) error {
	if path.Ext(file) == ".go" {
		if strings.Contains(file, "testdata/") || strings.Contains(source, "//go:build ignore") {
			return fmt.Errorf("%s is not compiled", file)
		}
		return nil
	}
	for _, d := range deployed {
		if is, _ := path.Match(d.pattern, file); is {
			return r.exists(d.test)
		}
	}
	return fmt.Errorf("no test is known to load %s", file)
}

func (r *Repository) output(_, file string, b markdown.Block) error {
	source, err := r.read(file)
	switch {
	case err != nil:
		return err
	case strings.HasSuffix(file, "_test.go"):
		source = outputs(source)
	case !strings.Contains(file, "testdata/"):
		return fmt.Errorf("%s is neither a golden file in a folder testdata nor a test with examples", file)
	}
	if !markdown.Quotes(source, b.Text) {
		return fmt.Errorf("it does not stand in %s", file)
	}
	return nil
}

// outputs are the outputs of the examples in the file, without the signs of a comment.
func outputs(source string) string {
	var told []string
	inside := false
	for line := range strings.Lines(source) {
		text, isComment := strings.CutPrefix(strings.TrimSpace(line), "//")
		switch {
		case isComment && strings.HasPrefix(strings.TrimSpace(text), "Output:"):
			inside = true
		case !isComment:
			inside = false
		case inside:
			told = append(told, strings.TrimPrefix(text, " "))
		}
	}
	return strings.Join(told, "\n")
}

func (r *Repository) run(page, test string, b markdown.Block) error {
	if err := r.exists(test); err != nil {
		return err
	}
	sources := r.testsBeside(test)
	if strings.Contains(sources, path.Base(page)) {
		return nil
	}
	sources += r.markedElsewhere(b.Mark, sources)
	for line := range strings.Lines(b.Text) {
		if line = strings.TrimSpace(line); line != "" && !strings.Contains(sources, line) {
			return fmt.Errorf("the tests beside %s neither read %s nor have the line %s", test, path.Base(page), line)
		}
	}
	return nil
}

// markedElsewhere are the blocks with the same mark on the pages that the tests read: what is run there can be shown here too.
func (r *Repository) markedElsewhere(mark, sources string) string {
	var all strings.Builder
	for _, page := range r.Pages {
		text, err := r.read(page)
		if err != nil || !strings.Contains(sources, path.Base(page)) {
			continue // then the lines are missed, and that is told
		}
		for _, b := range markdown.Blocks(text) {
			if b.Mark == mark {
				all.WriteString(b.Text + "\n")
			}
		}
	}
	return all.String()
}

func (r *Repository) byHand(_, _ string, b markdown.Block) error {
	commands, err := markdown.Commands(b.Text)
	if err != nil {
		return err
	}
	if len(commands) == 0 {
		return fmt.Errorf("there is no command in it")
	}
	for _, words := range commands {
		if err := r.known(words); err != nil {
			return fmt.Errorf("%s: %w", strings.Join(words, " "), err)
		}
	}
	return nil
}
