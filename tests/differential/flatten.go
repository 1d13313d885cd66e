package differential

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// secretMark stands before values that are secret.
const secretMark = "secret "

// flattenMap writes the leaves of properties by their paths. A secret says so: that something is secret is compared as well.
func flattenMap(out map[string]string, path string, m resource.PropertyMap) {
	for key, value := range m {
		flattenProperty(out, path+string(key), value)
	}
}

func flattenProperty(out map[string]string, path string, v resource.PropertyValue) {
	switch {
	case v.IsSecret():
		inner := map[string]string{}
		flattenProperty(inner, path, v.SecretValue().Element)
		for key, value := range inner {
			out[key] = secretMark + value
		}
	case v.IsOutput():
		flattenProperty(out, path, v.OutputValue().Element)
	case v.IsObject() && len(v.ObjectValue()) > 0:
		flattenMap(out, path+".", v.ObjectValue())
	case v.IsArray() && len(v.ArrayValue()) > 0:
		for i, element := range v.ArrayValue() {
			flattenProperty(out, path+"["+strconv.Itoa(i)+"]", element)
		}
	case v.IsObject():
		out[path] = "{}"
	case v.IsArray():
		out[path] = "[]"
	default:
		out[path] = fmt.Sprint(v.V)
	}
}

// flattenBody does the same for JSON.
func flattenBody(out map[string]string, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			flattenBody(out, path+"."+key, value)
		}
		if len(v) > 0 {
			return
		}
	case []any:
		for i, value := range v {
			flattenBody(out, path+"["+strconv.Itoa(i)+"]", value)
		}
		if len(v) > 0 {
			return
		}
	}
	text, err := json.Marshal(v)
	if err != nil {
		text = []byte(err.Error())
	}
	out[path] = string(text)
}
