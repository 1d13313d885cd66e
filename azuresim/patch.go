package azuresim

import (
	"maps"
	"slices"
)

// preparePatch replaces the tags. ARM can patch more of some types; whoever needs that sends a PUT. A location is taken when
// it is the resource's own, since the SDK for identities sends it.
func (c *Cloud) preparePatch(q *request) (*change, *Error) {
	if q.old == nil {
		return nil, c.notFound(q)
	}
	if !isTagged(q) {
		return nil, refuse(405, "MethodNotAllowed", "", "A %s cannot be patched.", q.info.name)
	}
	if q.info.given && !isTags(q.body["tags"]) {
		return nil, badRequest(CodeInvalidRequestContent, "tags", "The tags of '%s' have to be an object of strings.", q.id.name())
	}
	for _, name := range slices.Sorted(maps.Keys(q.body)) {
		if name == "tags" || name == "location" && sameLocation(text(q.body, name), text(q.old.Body, name)) {
			continue
		}
		return nil, refuse(501, "NotImplemented", name, "The simulator patches tags only, not '%s': send a PUT.", name)
	}
	changed := *q.old
	changed.Body = cloneObject(q.old.Body)
	if tags, given := q.body["tags"]; given {
		changed.Body["tags"] = tags
	}
	r := &changed
	return &change{status: 200, apply: func() { c.store(r) }, body: func() map[string]any { return c.render(r) }}, nil
}

// isTagged tells whether a resource can have tags: one that has a location, as ARM's tracked resources have.
func isTagged(q *request) bool {
	if q.info.given {
		return text(q.old.Body, "location") != ""
	}
	return !q.info.noLocation
}

// isTags tells whether a value can be the tags of a resource; nil is, for a body without any.
func isTags(v any) bool {
	if v == nil {
		return true
	}
	tags, isObject := v.(map[string]any)
	for _, tag := range tags {
		if _, isText := tag.(string); !isText {
			return false
		}
	}
	return isObject
}
