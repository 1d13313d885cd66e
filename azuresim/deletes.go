package azuresim

// prepareDelete: 200 when there was something, 204 when there was nothing.
func (c *Cloud) prepareDelete(q *request) (*change, *Error) {
	body := func() map[string]any { return map[string]any{} }
	if q.old == nil {
		if q.info.top {
			return nil, c.notFound(q)
		}
		return &change{status: 204, body: body}, nil
	}
	r := q.old
	if err := c.checkDelete(q); err != nil {
		return nil, err
	}
	if q.info.showsDeleted {
		gone := c.render(r)
		body = func() map[string]any { return gone }
	}
	return &change{status: 200, body: body, apply: func() {
		c.removeTree(r.ID)
		c.remove(r) // a role definition is not in its own tree
	}}, nil
}

func (c *Cloud) checkDelete(q *request) *Error {
	if q.info.mayGo != nil {
		if err := q.info.mayGo(c, q); err != nil {
			return err
		}
	}
	return c.checkUnused(q.old.ID)
}
