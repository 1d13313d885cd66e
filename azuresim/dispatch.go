package azuresim

import (
	"context"
	"strings"
)

// call runs an operation and logs it.
func (c *Cloud) call(ctx context.Context, q *request) (Response, error) {
	if err := canceled(ctx); err != nil {
		return Response{}, err
	}
	defer c.tell(q)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.maintain()
	response, err := c.serve(ctx, q)
	c.record(q, response, err)
	return response, asError(err)
}

// tell calls the observer. The lock is free.
func (c *Cloud) tell(q *request) {
	if c.observer != nil && !q.seeding {
		c.observer(q.operation())
	}
}

func (c *Cloud) record(q *request, response Response, err *Error) {
	if q.seeding {
		return
	}
	op := q.operation()
	op.Status = response.Status
	if err != nil {
		op.Status, op.Code = err.Status, err.Code
	}
	c.log = append(c.log, op)
	if err != nil {
		return
	}
	for _, reliance := range q.relied {
		reliance.Operation = len(c.log) - 1
		c.reliances = append(c.reliances, reliance)
	}
}

func (q *request) operation() Operation {
	typeName := q.info.name
	if typeName == "" {
		typeName = q.id.typeName()
	}
	return Operation{Method: q.method, ID: q.rawID, Type: typeName, Action: q.action, Given: q.info.given}
}

// serve is called with the lock held and gives it up only while a long operation runs.
func (c *Cloud) serve(ctx context.Context, q *request) (Response, *Error) {
	a, err := c.accept(q)
	if err != nil {
		return Response{}, err
	}
	if a.held != "" && c.hook != nil {
		c.unlocked(func() { c.hook(ctx, q.operation()) })
	}
	if d := c.lasts(q); d > 0 {
		// Azure goes on when the caller does not want the answer any more.
		c.unlocked(func() { _ = c.clock.Sleep(ctx, d) })
	}
	return c.finish(a)
}

// read parses the id and copies the body.
func (q *request) read(types typeTable) *Error {
	id, err := parseID(q.rawID)
	if err != nil {
		return err
	}
	q.id = id
	if q.info, err = types.of(id); err != nil {
		return err
	}
	body, bad := normalizeObject(q.body)
	if bad != nil {
		return badRequest(CodeInvalidRequestContent, "", "The request content is not JSON: %v", bad)
	}
	q.body = body
	return nil
}

// prepare decides: it refuses the operation or tells what it will do.
func (c *Cloud) prepare(q *request) (*change, *Error) {
	if err := c.admit(q); err != nil {
		return nil, err
	}
	q.old = c.find(q)
	if err := c.checkShape(q); err != nil {
		return nil, err
	}
	switch q.method {
	case MethodPut:
		return c.preparePut(q)
	case MethodPatch:
		return c.preparePatch(q)
	case MethodDelete:
		return c.prepareDelete(q)
	case MethodPost:
		return c.preparePost(q)
	default:
		return c.prepareGet(q)
	}
}

func (c *Cloud) unlocked(f func()) {
	c.mu.Unlock()
	defer c.mu.Lock()
	f()
}

// find is the stored resource of a request.
func (c *Cloud) find(q *request) *resource {
	return c.resources[storeKey(q.id, q.info)]
}

// storeKey is how the store remembers the resource of an id.
func storeKey(id resourceID, info typeInfo) string {
	return keyOf(info.name, id.name(), id.canonical(info))
}

func (c *Cloud) preparePut(q *request) (*change, *Error) {
	if err := c.checkRules(q); err != nil {
		return nil, err
	}
	return q.info.put(c, q)
}

func (c *Cloud) prepareGet(q *request) (*change, *Error) {
	if q.info.get != nil {
		return q.info.get(c, q)
	}
	if q.old == nil {
		return nil, c.notFound(q)
	}
	r := q.old
	return &change{status: 200, body: func() map[string]any { return c.render(r) }}, nil
}

func (c *Cloud) notFound(q *request) *Error {
	if q.info.top {
		return refuse(404, CodeResourceGroupNotFound, "", "Resource group '%s' could not be found.", q.id.group)
	}
	if q.info.given {
		if err := c.mayBeGiven(q.info.name); err != nil {
			return err
		}
	}
	return refuse(404, CodeResourceNotFound, "", "The Resource '%s/%s' under resource group '%s' was not found.",
		q.info.name, strings.Join(q.id.names, "/"), q.id.group)
}

// stored makes the change that stores r, answered with 201 or 200.
func (c *Cloud) stored(q *request, r *resource) *change {
	status := 201
	if q.old != nil {
		status = 200
	}
	return &change{
		status: status,
		apply:  func() { c.store(r) },
		body:   func() map[string]any { return c.render(r) },
	}
}

// canceled is the error of a caller that does not want the answer any more.
func canceled(ctx context.Context) *Error {
	if err := ctx.Err(); err != nil {
		return &Error{Code: CodeCanceled, Message: err.Error()}
	}
	return nil
}
