package azuresim

// occupies is the key of the thing that a long operation changes: a cluster together with its pools, an identity
// together with its credentials. "" for everything else.
func occupies(q *request) string {
	if !q.info.long || q.method == MethodGet || q.method == MethodPost {
		return ""
	}
	if parent, nested := q.id.parent(); nested {
		return key(parent)
	}
	return key(q.id.canonical(q.info))
}

// checkBusy refuses what collides with an operation in progress. Azure allows one operation on a cluster or any of its
// pools, one credential write on an identity.
func (c *Cloud) checkBusy(q *request) *Error {
	if q.method == MethodGet || q.method == MethodPost {
		return nil
	}
	if held := occupies(q); held != "" {
		if running, yes := c.busy[held]; yes {
			return c.collision(q, running)
		}
		return nil
	}
	if q.method != MethodDelete {
		return nil
	}
	for held, running := range c.busy {
		if within(q.id.canonical(q.info), held) {
			return c.collision(q, running)
		}
	}
	return nil
}

func (c *Cloud) collision(q *request, running Operation) *Error {
	if q.info.collision != nil {
		return q.info.collision(running)
	}
	what := "operation"
	if special := c.types.named(running.Type).busyAs; special != "" {
		what = special
	}
	return refuse(409, CodeOperationNotAllowed, "", "Operation is not allowed: Another %s (%s %s) is in progress, please wait "+
		"for it to finish before starting a new operation.", what, running.Method, running.ID)
}

// Begin marks an operation of somebody else as in progress on a cluster, a pool or an identity, until end is called:
// an automatic upgrade, a colleague's command. Everything that would collide with it is refused with 409.
func (c *Cloud) Begin(id string) (end func(), err error) {
	q := &request{method: MethodPut, rawID: id}
	if bad := q.read(c.types); bad != nil {
		return func() {}, bad
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	held := occupies(q)
	if held == "" {
		held = key(q.id.canonical(q.info))
	}
	if running, yes := c.busy[held]; yes {
		return func() {}, c.collision(q, running)
	}
	c.busy[held] = q.operation()
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.busy, held)
	}, nil
}
