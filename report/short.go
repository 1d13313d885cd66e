package report

import (
	"regexp"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

var guid = regexp.MustCompile(`\b([0-9a-fA-F]{8})(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b`)

// Short is an ID as people read it in a line. A resource is its group and its names, "network-team/hub/shop"; a level above
// resources says what it is, "resource group addresses". Of a GUID, here and in any other text, the first eight digits remain,
// "c627b866...".
//
// It is for reading only: types and subscriptions are left out, so two resources can have one short form.
func Short(id string) string {
	scope, err := rbac.ParseScope(id)
	switch {
	case err != nil:
		return guid.ReplaceAllString(id, "$1...")
	case scope.Kind() == rbac.Resource:
		return shortResource(scope)
	case scope.Kind() == rbac.Tenant:
		return scope.Kind().String()
	default:
		return scope.Kind().String() + " " + Short(scope.Name())
	}
}

func shortResource(scope rbac.Scope) string {
	var names []string
	for at, ok := scope, true; ok && at.Kind() == rbac.Resource; at, ok = at.Parent() {
		names = append([]string{Short(at.Name())}, names...)
	}
	if group := scope.ResourceGroup(); group != "" {
		names = append([]string{group}, names...)
	}
	return strings.Join(names, "/")
}
