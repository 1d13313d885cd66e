package provider

import (
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	perrors "github.com/pulumi/pulumi/sdk/v3/go/pulumi/errors"
)

// withoutValues tells problems of secret arguments in the message of the error, in the engine's own words. The engine (3.259.0,
// errorToMessage) prints the value at the path of a problem, also when it is secret or holds a secret.
func withoutValues(err error, inputs property.Map) error {
	answer, ok := rpcerror.FromError(err)
	if err == nil || !ok {
		return err
	}
	message := answer.Message()
	var others []perrors.InputPropertyErrorDetails
	for _, problem := range answer.InputPropertiesErrors() {
		if isSecretAt(inputs, problem.PropertyPath) {
			message += "\n\t\t- property " + problem.PropertyPath + " has a problem: " + problem.Reason
		} else {
			others = append(others, problem)
		}
	}
	switch {
	case message == answer.Message():
		return err
	case others == nil:
		return rpcerror.New(answer.Code(), message)
	default:
		return rpcerror.WrapDetailedError(perrors.NewInputPropertiesError(message, others...))
	}
}

// isSecretAt tells whether the value at a path is secret, lies in something secret or holds a secret.
func isSecretAt(inputs property.Map, path string) bool {
	keys, err := resource.ParsePropertyPath(path)
	if err != nil {
		return false // then the engine finds no value either
	}
	at := property.New(inputs)
	for _, key := range keys {
		if at.Secret() {
			return true
		}
		switch key := key.(type) {
		case string:
			if !at.IsMap() {
				return false
			}
			at = at.AsMap().Get(key)
		case int:
			if !at.IsArray() || key < 0 || key >= at.AsArray().Len() {
				return false
			}
			at = at.AsArray().Get(key)
		}
	}
	return at.HasSecrets()
}
