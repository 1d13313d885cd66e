package audit

import (
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
)

// judgeProgram tells what only a state shows: how a program made things. What Azure answers has none of it.
func (a *auditor) judgeProgram() {
	if a.source.Whole {
		return
	}
	for _, g := range a.grants {
		a.judgePrincipalType(g)
	}
	for _, r := range a.Resources {
		if !r.Deleting {
			a.judgeKubeconfigs(r)
		}
	}
}

func (a *auditor) judgePrincipalType(g grant) {
	if _, native := g.Resource.Native(); native == "" || g.Resource.External || g.Resource.Inputs == nil || member(g.Resource.Inputs, "principalType") != nil {
		return
	}
	holder := a.HoldersOf(g.Assignment)
	f := about(NoPrincipalType, Warning, g, first(holder))
	f.What = fmt.Sprintf("The assignment %q does not say of which type its principal is.", g.Resource.Name())
	f.Why = "Azure then looks the principal up in the directory; for an identity that was made a moment ago it is not there yet, and the assignment fails " +
		"with PrincipalNotFound."
	f.Do = "Set principalType to ServicePrincipal, as for every managed identity; our components do."
	a.find(f)
}

func first(identities []estate.Identity) estate.Identity {
	if len(identities) == 0 {
		return estate.Identity{Kind: estate.Other}
	}
	return identities[0]
}

// judgeKubeconfigs looks for kubeconfigs in plain text. Of a program that makes no cluster an empty one is no mistake.
func (a *auditor) judgeKubeconfigs(r estate.Resource) {
	where := map[string]bool{}
	look := func(path, text string) {
		if isKubeconfig(text) && !where[path] {
			where[path] = true
			a.findKubeconfig(r, path, OpenKubeconfig)
		}
		if text == "" && len(a.Clusters) > 0 && r.Type == "pulumi:pulumi:Stack" && strings.Contains(strings.ToLower(path), "kubeconfig") {
			a.findKubeconfig(r, path, EmptyKubeconfig)
		}
	}
	walk(r.Outputs, "", look)
	walk(r.Inputs, "", look)
}

func (a *auditor) findKubeconfig(r estate.Resource, path string, kind Kind) {
	f := Finding{
		Kind: kind, Severity: Error, Where: fmt.Sprintf("%s of %s", path, r.Name()), Resource: r.URN,
		What: fmt.Sprintf("%q of %s holds a kubeconfig in plain text.", path, r.Name()),
		Why:  "Everybody who may read the state, or the output of pulumi up, holds the rights of that kubeconfig in the cluster.",
		Do:   "Export it as a secret (pulumi.ToSecret), and rotate the cluster's certificates when it was admin's: az aks rotate-certs. Our kubeconfig is always secret.",
	}
	if kind == EmptyKubeconfig {
		f.Severity = Warning
		f.What = fmt.Sprintf("The output %q is empty.", path)
		f.Why = "A kubeconfig that could not be read or decoded became an empty text, and whatever uses it fails later with a message about something else."
		f.Do = "Return the error of the decoding from the ApplyT, instead of an empty text. Our component gives a kubeconfig or an error."
	}
	a.find(f)
}

// isKubeconfig tells whether the text is a kubeconfig, in YAML or JSON, or one in base64 as Azure answers it.
func isKubeconfig(text string) bool {
	if decoded, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text)); err == nil && len(decoded) > 0 {
		text = string(decoded)
	}
	if len(text) > 1<<20 {
		return false
	}
	return strings.Contains(text, "clusters") && strings.Contains(text, "contexts") && strings.Contains(text, "users") &&
		strings.Contains(text, "current-context")
}

// walk calls the function for every text below the value that is no secret, with its path.
func walk(value any, path string, found func(path, text string)) {
	switch v := value.(type) {
	case string:
		found(path, v)
	case []any:
		for _, one := range v {
			walk(one, path, found)
		}
	case map[string]any:
		if estate.IsSecret(v) {
			return
		}
		keys := sortedKeys(v)
		for _, key := range keys {
			at := key
			if path != "" {
				at = path + "." + key
			}
			walk(v[key], at, found)
		}
	}
}
