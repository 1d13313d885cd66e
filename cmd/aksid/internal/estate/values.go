package estate

import (
	"encoding/json"
	"slices"
)

// How Pulumi writes values that are no plain JSON (pulumi/pulumi v3.259.0: sdk/go/common/resource/plugin/rpc.go and
// sdk/go/common/resource/sig, read 2026-11-26).
const (
	signatureKey    = "4dabf18193072939515e22adb298388d"
	secretSignature = "1b47061264138c4ac30d75fd1eb44270"
)

var unknowns = []string{
	"1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", "3eeb2bf0-c639-47a8-9e75-3b44932eb421", "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
	"6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", "030794c1-ac77-496b-92df-f27374a8bd58", "e48ece36-62e2-4504-bad9-02848725956a",
	"dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
}

// At is the value at the path; nil when there is none, when it is not known yet, or when it is an encrypted secret. A secret in plain
// text, as stack export --show-secrets writes it, is opened: the path tells that it is needed.
func At(value any, path ...string) any {
	value = opened(value)
	for _, key := range path {
		object, _ := value.(map[string]any)
		value = opened(object[key])
	}
	return value
}

// Text is the text at the path; see [At].
func Text(value any, path ...string) string {
	text, _ := At(value, path...).(string)
	return text
}

// Bool is the truth at the path; false when there is none.
func Bool(value any, path ...string) bool {
	truth, _ := At(value, path...).(bool)
	return truth
}

// List is the list at the path; see [At].
func List(value any, path ...string) []any {
	list, _ := At(value, path...).([]any)
	return list
}

// Object is the object at the path; see [At].
func Object(value any, path ...string) map[string]any {
	object, _ := At(value, path...).(map[string]any)
	return object
}

// opened is the value itself, without the wrapping of a secret in plain text.
func opened(value any) any {
	switch v := value.(type) {
	case string:
		if v == hiddenSecret || slices.Contains(unknowns, v) {
			return nil
		}
	case map[string]any:
		if !isSecret(v) {
			return v
		}
		var inner any
		if text, plain := v["plaintext"].(string); !plain || json.Unmarshal([]byte(text), &inner) != nil || isSecret(inner) {
			return nil
		}
		return inner
	}
	return value
}

// isSecret tells whether the value is a secret, encrypted or not.
func isSecret(value any) bool {
	object, _ := value.(map[string]any)
	return object[signatureKey] == secretSignature
}

// hiddenSecret stands in a preview in place of every secret.
const hiddenSecret = "[secret]"

// isEncrypted tells whether nobody can read the value without the stack's key.
func isEncrypted(value any) bool { return isSecret(value) && opened(value) == nil }
