package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"testing"

	"gopkg.in/yaml.v3"
)

// object is as much of Kubernetes' objects as the manifest uses: k8s.io/api/core/v1, Pod and Service, as remembered on 2026-11-26.
type object struct {
	APIVersion string `yaml:"apiVersion"`
	Kind       string
	Metadata   struct {
		Name                string
		Labels, Annotations map[string]string
	}
	Spec struct {
		Containers []struct {
			Name, Image string
			Ports       []struct {
				ContainerPort int `yaml:"containerPort"`
			}
		}
		Type     string
		Selector map[string]string
		Ports    []struct{ Port int }
	}
}

// TestTheManifestIsWhatKubernetesTakes, and its service is the one that needs the grant on the subnet.
func TestTheManifestIsWhatKubernetesTakes(t *testing.T) {
	text, err := os.ReadFile("hello.yaml")
	if err != nil {
		t.Fatal(err)
	}
	documents := yaml.NewDecoder(bytes.NewReader(text))
	documents.KnownFields(true)
	kinds := map[string]object{}
	for {
		var o object
		if err := documents.Decode(&o); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		kinds[o.APIVersion+" "+o.Kind] = o
	}
	pod, service := kinds["v1 Pod"], kinds["v1 Service"]
	if len(kinds) != 2 || pod.Metadata.Labels["app"] == "" || pod.Metadata.Labels["app"] != service.Spec.Selector["app"] {
		t.Errorf("the service finds the pod: %+v", kinds)
	}
	if len(pod.Spec.Containers) != 1 || pod.Spec.Containers[0].Ports[0].ContainerPort != service.Spec.Ports[0].Port {
		t.Errorf("the service asks the port that the pod serves: %+v", kinds)
	}
	if service.Spec.Type != "LoadBalancer" || service.Metadata.Annotations["service.beta.kubernetes.io/azure-load-balancer-internal"] != "true" {
		t.Errorf("the service is an internal load balancer: %+v", service)
	}
}

// TestTheProjectIsOneInGo, so that the CLI builds main.go, and called as the keys of its configuration are.
func TestTheProjectIsOneInGo(t *testing.T) {
	text, err := os.ReadFile("Pulumi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var project struct{ Name, Runtime string }
	if err := yaml.Unmarshal(text, &project); err != nil || project.Name != "shop" || project.Runtime != "go" {
		t.Errorf("got %+v, %v", project, err)
	}
}
