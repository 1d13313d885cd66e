package components

import (
	"errors"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// secrets are the texts that arrived as secrets. Pulumi prints the error of an output and what a component logs as they are, also when
// what went into them is secret (SDK v3.259.0), so whoever writes a text with a late value in it hides them first.
type secrets struct {
	mu sync.Mutex
	// parts stand in place of the texts, and of the names in an ID: Azure's messages quote these alone.
	parts []*regexp.Regexp
	known map[string]bool
}

// hidden stands in place of a secret, as in what Pulumi shows.
const hidden = "[secret]"

// nothing holds the place while there are more secrets to find: one of them may be a word of hidden.
const nothing = "\x00"

// shortest is the length from which a text is hidden. Pulumi's own filter has the same (sdk v3.259.0, logging.AddGlobalSecretFilter):
// to hide every 1 would hide nothing but the sense of what is said.
const shortest = 3

// learn notes the values of those inputs that are secret. It is for callbacks in which the values are there; others would be waited for.
func (g *granter) learn(inputs ...pulumi.Input) {
	for _, in := range inputs {
		late, isOutput := in.(pulumi.Output)
		if !isOutput {
			continue // what is known is not secret
		}
		result, err := internals.UnsafeAwaitOutput(g.ctx.Context(), late)
		if err == nil && result.Known && result.Secret {
			g.secrets.add(textsIn(reflect.ValueOf(result.Value))...)
		}
	}
}

// hide is an error without the secrets among the inputs that it is about. Its type stays.
func (g *granter) hide(err error, inputs ...pulumi.Input) error {
	if err == nil {
		return nil
	}
	g.learn(inputs...)
	if component := (*plan.ComponentError)(nil); errors.As(err, &component) {
		return &plan.ComponentError{Type: component.Type, Name: component.Name, Problems: g.secrets.hideIn(component.Problems)}
	}
	if problems := (plan.Problems)(nil); errors.As(err, &problems) {
		return g.secrets.hideIn(problems)
	}
	if g.secrets.standIn(err.Error()) {
		return errors.New(g.secrets.hide(err.Error()))
	}
	return err
}

// textsIn are the texts and numbers of a value, at any depth.
func textsIn(v reflect.Value) (texts []string) {
	switch v.Kind() {
	case reflect.String:
		return []string{v.String()}
	case reflect.Int:
		return []string{numeral(float64(v.Int()))}
	case reflect.Float64:
		return []string{numeral(v.Float())}
	case reflect.Pointer, reflect.Interface:
		return textsIn(v.Elem())
	case reflect.Slice:
		for _, element := range v.Seq2() {
			texts = append(texts, textsIn(element)...)
		}
	case reflect.Map:
		for _, element := range v.Seq2() {
			texts = append(texts, textsIn(element)...)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			texts = append(texts, textsIn(v.Field(i))...)
		}
	}
	return texts
}

// numeral is a number as messages have it.
func numeral(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// secretsIn are the texts and numbers of secrets among a resource's properties.
func secretsIn(value resource.PropertyValue, secret bool) (texts []string) {
	switch {
	case value.IsSecret():
		return secretsIn(value.SecretValue().Element, true)
	case value.IsOutput():
		return secretsIn(value.OutputValue().Element, secret || value.OutputValue().Secret)
	case value.IsObject():
		for _, field := range value.ObjectValue() {
			texts = append(texts, secretsIn(field, secret)...)
		}
	case value.IsArray():
		for _, element := range value.ArrayValue() {
			texts = append(texts, secretsIn(element, secret)...)
		}
	case value.IsString() && secret:
		return []string{value.StringValue()}
	case value.IsNumber() && secret:
		return []string{numeral(value.NumberValue())}
	}
	return texts
}

func (s *secrets) add(texts ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil {
		s.known = map[string]bool{}
	}
	for _, text := range texts {
		if len(text) < shortest || s.known[text] {
			continue
		}
		s.known[text] = true
		// The whole comes before its parts.
		s.parts = slices.Insert(s.parts, 0, standing(text, ``))
		for _, part := range partsOf(text) {
			if len(part) >= shortest {
				s.parts = append(s.parts, standing(part, `.`))
			}
		}
	}
}

// standing finds a text where it is not a part of a word, and comes after none of the characters.
func standing(text, notAfter string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(^|[^\pL\pN` + notAfter + `])` + regexp.QuoteMeta(text) + `($|[^\pL\pN])`)
}

// vocabulary are the words of an ID that are the same for everybody.
var vocabulary = regexp.MustCompile(`(?i)^(https?:|subscriptions|resourceGroups|providers|managementGroups|Microsoft\..*)$`)

// partsOf are the names in an ID or a URL, and a GUID as Azure's messages write it, without hyphens.
func partsOf(text string) (parts []string) {
	if plain := strings.ReplaceAll(text, "-", ""); plain != text {
		parts = append(parts, plain)
	}
	if !strings.Contains(text, "/") {
		return parts
	}
	var types []string
	if scope, err := rbac.ParseScope(text); err == nil {
		types = strings.Split(scope.ResourceType(), "/")
	}
	for _, name := range strings.Split(text, "/") {
		if vocabulary.MatchString(name) || slices.Contains(types, name) {
			continue
		}
		parts = append(parts, name)
		if host, _, dotted := strings.Cut(name, "."); dotted && host != "" {
			parts = append(parts, host)
		}
	}
	return parts
}

// hide is a text without the secrets.
func (s *secrets) hide(text string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, part := range s.parts {
		for range 2 { // two of them with one character between share it
			text = part.ReplaceAllString(text, "${1}"+nothing+"${2}")
		}
	}
	return strings.ReplaceAll(text, nothing, hidden)
}

// standIn tells whether a text has secrets in it.
func (s *secrets) standIn(text string) bool { return s.hide(text) != text }

// hideIn are problems without the secrets. Their paths are the program's own.
func (s *secrets) hideIn(problems plan.Problems) plan.Problems {
	out := slices.Clone(problems)
	for i := range out {
		out[i].What, out[i].Fix = s.hide(out[i].What), s.hide(out[i].Fix)
	}
	return out
}

// hiding keeps secrets out of what a hook says, and out of Azure's own refusal: what a hook returns takes its place. An operation that
// Azure accepted is left alone: the engine writes why it failed into the state, whatever a hook says.
func (g *granter) hiding(hook pulumi.ErrorHookFunction) pulumi.ErrorHookFunction {
	return func(args *pulumi.ErrorHookArgs) (bool, error) {
		g.secrets.add(secretsIn(resource.NewProperty(args.NewInputs), false)...)
		again, err := hook(args)
		if !again && err == nil && len(args.Errors) > 0 && g.secrets.standIn(args.Errors[0]) && !accepted.MatchString(args.Errors[0]) {
			err = errors.New("\n" + azureSays(args.Errors[0]))
		}
		return again, g.hide(err)
	}
}
