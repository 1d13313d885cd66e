package arm_test

import (
	"context"
	"net/http/httptest"
	"testing"

	sim "github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/arm"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/contract"
)

// TestContract over HTTP.
func TestContract(t *testing.T) {
	contract.Run(t, func(t *testing.T, cloud *sim.Cloud) contract.Door {
		c := &client{t: t, cloud: cloud, server: httptest.NewTLSServer(arm.New(cloud))}
		t.Cleanup(c.server.Close)
		c.token = c.signIn("https://management.azure.com/.default")
		return httpDoor{c}
	})
}

// httpDoor is a client that asks until an operation has ended.
type httpDoor struct{ *client }

func (d httpDoor) Put(_ context.Context, id string, body map[string]any) (sim.Response, error) {
	r := d.call("PUT", id, body)
	if status := r.header.Get("Azure-AsyncOperation"); status != "" {
		if failure := d.wait(status); failure != nil {
			return sim.Response{}, failure
		}
		return d.Get(context.Background(), id)
	}
	return r.response()
}

func (d httpDoor) Get(_ context.Context, id string) (sim.Response, error) {
	return d.call("GET", id, nil).response()
}

func (d httpDoor) Delete(_ context.Context, id string) (sim.Response, error) {
	r := d.call("DELETE", id, nil)
	if status := r.header.Get("Azure-AsyncOperation"); status != "" {
		if failure := d.wait(status); failure != nil {
			return sim.Response{}, failure
		}
	}
	return r.response()
}

func (d httpDoor) wait(status string) error {
	for {
		r := d.must(200, "GET", status, nil)
		switch r.at("status") {
		case "Succeeded":
			return nil
		case "Failed":
			return &sim.Error{Status: r.status, Code: r.code()}
		}
	}
}

func (r reply) response() (sim.Response, error) {
	if code := r.code(); code != "" {
		message, _ := r.at("error.message").(string)
		return sim.Response{}, &sim.Error{Status: r.status, Code: code, Message: message}
	}
	return sim.Response{Status: r.status, Body: r.body}, nil
}
