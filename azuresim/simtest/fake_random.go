package simtest

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"golang.org/x/crypto/bcrypt"
)

// Random is a fake of the package random. Its values are as long and as mixed as was asked for, and no secrets at all: they follow
// from the name of the resource and its inputs, so equal programs give equal stacks, and other keepers another value. What is
// secret in the package is secret here. Every change replaces.
func Random() Fake { return Fake{Outputs: randomOutputs, Replaces: all} }

func randomOutputs(r FakeResource) (resource.PropertyMap, error) {
	source := &fakeSource{seed: r.URN + r.Digits(64)}
	switch r.Kind() {
	case "RandomPassword":
		return passwordOutputs(r, source)
	case "RandomString":
		text, err := mixed(r, source)
		return resource.PropertyMap{"id": resource.NewProperty(text), "result": resource.NewProperty(text)}, err
	case "RandomId":
		return randomID(r, source), nil
	case "RandomBytes":
		bytes := source.bytes(r.Number("length", 0))
		return resource.PropertyMap{
			"base64": secretText(base64.StdEncoding.EncodeToString(bytes)), "hex": secretText(hex.EncodeToString(bytes)),
		}, nil
	case "RandomUuid":
		return named(uuid(source.bytes(16)), "result"), nil
	case "RandomPet":
		return named(pet(r, source), ""), nil
	case "RandomInteger":
		least, most := r.Number("min", 0), r.Number("max", 0)
		if most < least {
			return nil, fmt.Errorf("max (%d) is below min (%d)", most, least)
		}
		number := least + source.below(most-least+1)
		return resource.PropertyMap{
			"id": resource.NewProperty(fmt.Sprint(number)), "result": resource.NewProperty(float64(number)),
		}, nil
	case "RandomShuffle":
		return shuffled(r, source), nil
	default:
		return nil, fmt.Errorf("the fake of random does not know the kind %s", r.Kind())
	}
}

// named are outputs of a value that is the ID as well.
func named(value, output string) resource.PropertyMap {
	out := resource.PropertyMap{"id": resource.NewProperty(value)}
	if output != "" {
		out[resource.PropertyKey(output)] = resource.NewProperty(value)
	}
	return out
}

func passwordOutputs(r FakeResource, source *fakeSource) (resource.PropertyMap, error) {
	text, err := mixed(r, source)
	if err != nil {
		return nil, err
	}
	// The cheapest cost, for tests; bcrypt reads no more than 72 bytes.
	hash, err := bcrypt.GenerateFromPassword([]byte(text)[:min(len(text), 72)], bcrypt.MinCost)
	return resource.PropertyMap{
		"id": resource.NewProperty("none"), "result": secretText(text), "bcryptHash": secretText(string(hash)),
	}, err
}

// class is a kind of letters in a password.
type class struct {
	wanted  string // the input that wants or unwants it
	least   string // the input that says how many there are at least
	letters string
}

// mixed is a text of letters of all wanted classes, of each as many as asked for at least.
func mixed(r FakeResource, source *fakeSource) (string, error) {
	length := r.Number("length", 0)
	special := "!@#$%&*()-_=+[]{}<>:?"
	if own := r.Text("overrideSpecial"); own != "" {
		special = own
	}
	var out []byte
	all := ""
	for _, c := range []class{
		{"lower", "minLower", "abcdefghijklmnopqrstuvwxyz"}, {"upper", "minUpper", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
		{"numeric", "minNumeric", "0123456789"}, {"special", "minSpecial", special},
	} {
		if !r.flag(c.wanted, true) || c.wanted == "numeric" && !r.flag("number", true) {
			continue
		}
		all += c.letters
		for range r.Number(c.least, 0) {
			out = append(out, source.letter(c.letters))
		}
	}
	if all == "" || length < 1 || len(out) > length {
		return "", fmt.Errorf("a text of %d letters cannot be made of the classes that are wanted: at least one class, and no more letters of each than the length", length)
	}
	for len(out) < length {
		out = append(out, source.letter(all))
	}
	for i := len(out) - 1; i > 0; i-- {
		j := source.below(i + 1)
		out[i], out[j] = out[j], out[i]
	}
	return string(out), nil
}

func (r FakeResource) flag(name string, otherwise bool) bool {
	if v := opened(r.Inputs[resource.PropertyKey(name)]); v.IsBool() {
		return v.BoolValue()
	}
	return otherwise
}

func randomID(r FakeResource, source *fakeSource) resource.PropertyMap {
	bytes, prefix := source.bytes(r.Number("byteLength", 0)), r.Text("prefix")
	return resource.PropertyMap{
		"id":     resource.NewProperty(base64.RawURLEncoding.EncodeToString(bytes)),
		"b64Url": resource.NewProperty(prefix + base64.RawURLEncoding.EncodeToString(bytes)),
		"b64Std": resource.NewProperty(prefix + base64.StdEncoding.EncodeToString(bytes)),
		"hex":    resource.NewProperty(prefix + hex.EncodeToString(bytes)),
		"dec":    resource.NewProperty(prefix + new(big.Int).SetBytes(bytes).String()),
	}
}

func uuid(b []byte) string {
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

var (
	petWords = []string{"brave", "calm", "eager", "fond", "glad", "keen", "lively", "mild", "neat", "proud", "quick", "smart"}
	pets     = []string{"badger", "crane", "dolphin", "falcon", "heron", "ibex", "lynx", "marten", "otter", "puffin", "robin", "stoat"}
)

func pet(r FakeResource, source *fakeSource) string {
	var words []string
	if prefix := r.Text("prefix"); prefix != "" {
		words = append(words, prefix)
	}
	length := r.Number("length", 2)
	for range length - 1 {
		words = append(words, petWords[source.below(len(petWords))])
	}
	words = append(words, pets[source.below(len(pets))])
	separator := "-"
	if r.Text("separator") != "" {
		separator = r.Text("separator")
	}
	return strings.Join(words, separator)
}

func shuffled(r FakeResource, source *fakeSource) resource.PropertyMap {
	inputs := opened(r.Inputs["inputs"])
	var results []resource.PropertyValue
	if inputs.IsArray() {
		results = slices.Clone(inputs.ArrayValue())
	}
	for i := len(results) - 1; i > 0; i-- {
		j := source.below(i + 1)
		results[i], results[j] = results[j], results[i]
	}
	results = results[:min(len(results), r.Number("resultCount", len(results)))]
	return resource.PropertyMap{"id": resource.NewProperty("-"), "results": resource.NewProperty(results)}
}

// fakeSource gives numbers that follow from its seed.
type fakeSource struct {
	seed string
	n    uint64
}

func (s *fakeSource) bytes(n int) []byte {
	var out []byte
	for len(out) < n {
		s.n++
		sum := sha256.Sum256(fmt.Append(nil, s.seed, s.n))
		out = append(out, sum[:]...)
	}
	return out[:max(n, 0)]
}

// below is a number from 0 up to n, without n.
func (s *fakeSource) below(n int) int {
	return int(binary.BigEndian.Uint64(s.bytes(8)) % uint64(max(n, 1)))
}

func (s *fakeSource) letter(of string) byte { return of[s.below(len(of))] }
