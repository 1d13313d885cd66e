package main

import (
	"fmt"
	"slices"
)

// comparison collects what the schema of today takes from programs that were written for the released one.
type comparison struct {
	released, today spec
	lines           []string
	// seen are the types that were compared, as arguments or as outputs.
	seen map[string]bool
}

// compare returns one line for each change that breaks a program, in alphabetical order.
func compare(released, today spec) []string {
	c := &comparison{released: released, today: today, seen: map[string]bool{}}
	c.packages()
	for token, before := range released.Resources {
		now, still := today.Resources[token]
		if !still {
			c.found("%s: the resource is gone", token)
			continue
		}
		c.arguments(token, before.Inputs, now.Inputs, before.RequiredInputs, now.RequiredInputs)
		c.outputs(token, before.object, now.object)
	}
	for token := range released.Functions {
		if _, still := today.Functions[token]; !still {
			c.found("%s: the function is gone", token)
		}
	}
	slices.Sort(c.lines)
	return slices.Compact(c.lines)
}

func (c *comparison) found(format string, args ...any) {
	c.lines = append(c.lines, fmt.Sprintf(format, args...))
}

// importNames are the settings by which programs import the package.
var importNames = map[string][]string{
	"go":     {"importBasePath", "rootPackageName"},
	"nodejs": {"packageName"},
	"python": {"packageName"},
	"csharp": {"rootNamespace", "namespaces"},
	"java":   {"basePackage", "packages"},
}

func (c *comparison) packages() {
	if c.released.Name != c.today.Name {
		c.found("the package is called %s, no longer %s", c.today.Name, c.released.Name)
	}
	for language, settings := range importNames {
		for _, setting := range settings {
			before, now := fmt.Sprint(c.released.Language[language][setting]), fmt.Sprint(c.today.Language[language][setting])
			if before != now {
				c.found("%s: %s is %s, no longer %s", language, setting, now, before)
			}
		}
	}
}

// arguments: what a program gives must still be taken, and no more may be asked of it.
func (c *comparison) arguments(owner string, before, now map[string]property, required, requiredNow []string) {
	for name, was := range before {
		path := owner + "." + name
		is, still := now[name]
		switch {
		case !still:
			c.found("%s: the argument is gone", path)
			continue
		case slices.Contains(requiredNow, name) && !slices.Contains(required, name):
			c.found("%s: the argument has become required", path)
		}
		c.given(path, was.typeSpec, is.typeSpec)
	}
	for _, name := range requiredNow {
		if _, was := before[name]; !was {
			c.found("%s.%s: the argument is new and required", owner, name)
		}
	}
}

func (c *comparison) given(path string, was, is typeSpec) {
	if was.String() != is.String() {
		c.found("%s: the argument is of type %s, no longer %s", path, is, was)
		return
	}
	if becamePlain(was, is) {
		c.found("%s: the argument is plain, and takes an output no longer", path)
	}
	token, ours := was.named()
	if !ours || c.seen["in "+token] {
		return
	}
	c.seen["in "+token] = true
	before, now := c.released.Types[token], c.today.Types[token]
	c.arguments(token, before.Properties, now.Properties, before.Required, now.Required)
	c.values(token, before, now)
}

func becamePlain(was, is typeSpec) bool {
	if is.Plain && !was.Plain {
		return true
	}
	before, now := was.inner(), is.inner()
	return before != nil && now != nil && becamePlain(*before, *now)
}

// values: what a program names must still be there.
func (c *comparison) values(token string, before, now object) {
	for _, was := range before.Enum {
		if !slices.ContainsFunc(now.Enum, func(is enumValue) bool { return is.Value == was.Value }) {
			c.found("%s: the value %v is gone", token, was.Value)
		}
	}
}

// outputs: what a program reads must still be there, whenever it was.
func (c *comparison) outputs(owner string, before, now object) {
	for name, was := range before.Properties {
		path := owner + "." + name
		is, still := now.Properties[name]
		if !still {
			c.found("%s: the output is gone", path)
			continue
		}
		if slices.Contains(before.Required, name) && !slices.Contains(now.Required, name) {
			c.found("%s: the output may be missing now", path)
		}
		c.read(path, was.typeSpec, is.typeSpec)
	}
}

func (c *comparison) read(path string, was, is typeSpec) {
	if was.String() != is.String() {
		c.found("%s: the output is of type %s, no longer %s", path, is, was)
		return
	}
	token, ours := was.named()
	if !ours || c.seen["out "+token] {
		return
	}
	c.seen["out "+token] = true
	c.outputs(token, c.released.Types[token], c.today.Types[token])
}
