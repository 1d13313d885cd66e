package simtest

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"gopkg.in/yaml.v3"
)

// Kubernetes is a fake of the package kubernetes. Objects get names as the package gives them, a UID, the status of an object that
// is ready, and an ID of namespace and name; the values of a Secret are secret. A Helm release (helm.sh/v3) is deployed at once,
// and manifests (yaml) are read. Charts are not rendered, and nothing tells whether the cluster would take an object: a namespace
// that nobody made, for instance. A kubeconfig that is given must be one. Another name or namespace replaces.
func Kubernetes() Fake {
	return Fake{
		Configure: checkKubeconfig, Check: checkObject, Outputs: objectOutputs, Replaces: replacesObject, Invoke: invokeKubernetes,
	}
}

// checkKubeconfig refuses what cannot be a kubeconfig. A path of a file is taken as it is.
func checkKubeconfig(config resource.PropertyMap) error {
	v := opened(config["kubeconfig"])
	if !v.IsString() || !strings.ContainsAny(v.StringValue(), "\n{") && v.StringValue() != "" {
		return nil
	}
	var kubeconfig struct {
		Clusters, Contexts, Users []any
	}
	if err := yaml.Unmarshal([]byte(v.StringValue()), &kubeconfig); err != nil {
		return errors.New("kubeconfig is not YAML: give the output of a cluster as it is") // the text may hold a token
	}
	if len(kubeconfig.Clusters) == 0 || len(kubeconfig.Contexts) == 0 || len(kubeconfig.Users) == 0 {
		return errors.New("kubeconfig needs clusters, contexts and users: give the output of a cluster as it is")
	}
	return nil
}

// apiVersion is "v1" for "kubernetes:core/v1:Namespace".
func (r FakeResource) apiVersion() string {
	_, rest, _ := strings.Cut(r.Type, ":")
	group, _, _ := strings.Cut(rest, ":")
	return strings.TrimPrefix(group, "core/")
}

func (r FakeResource) isRelease() bool { return strings.HasPrefix(r.Type, "kubernetes:helm.sh/") }

func checkObject(r FakeResource) (resource.PropertyMap, error) {
	inputs := maps.Clone(r.Inputs)
	if r.isRelease() {
		err := nameIn(r, inputs, r.Old)
		return inputs, err
	}
	setMissing(inputs, "apiVersion", r.apiVersion())
	setMissing(inputs, "kind", r.Kind())
	metadata, known := objectAt(inputs, "metadata")
	if !known {
		return inputs, nil
	}
	old, _ := objectAt(r.Old, "metadata")
	if err := nameIn(r, metadata, old); err != nil {
		return nil, err
	}
	inputs["metadata"] = resource.NewProperty(metadata)
	return inputs, nil
}

// nameIn gives an object without a name one: the one that it has, or the logical name with eight digits.
func nameIn(r FakeResource, m, old resource.PropertyMap) error {
	if _, given := m["name"]; given {
		return nil
	}
	if before, had := old["name"]; had {
		m["name"] = before
		return nil
	}
	name, err := resource.NewUniqueName(r.Seed, strings.ToLower(r.Name)+"-", 8, 0, nil)
	m["name"] = resource.NewProperty(name)
	return err
}

func setMissing(m resource.PropertyMap, key resource.PropertyKey, text string) {
	if _, given := m[key]; !given {
		m[key] = resource.NewProperty(text)
	}
}

// objectAt copies an object among properties; an absent one is empty, an unknown one is not known.
func objectAt(m resource.PropertyMap, key resource.PropertyKey) (object resource.PropertyMap, known bool) {
	v := opened(m[key])
	switch {
	case v.IsObject():
		return maps.Clone(v.ObjectValue()), true
	case v.IsNull():
		return resource.PropertyMap{}, true
	default:
		return nil, false
	}
}

// clusterWide are the kinds without a namespace that come with Kubernetes.
var clusterWide = []string{
	"Namespace", "Node", "PersistentVolume", "ClusterRole", "ClusterRoleBinding", "StorageClass", "IngressClass", "PriorityClass",
	"RuntimeClass", "CustomResourceDefinition", "APIService", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration",
	"CSIDriver", "VolumeAttachment", "ClusterIssuer", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding",
}

func objectOutputs(r FakeResource) (resource.PropertyMap, error) {
	if r.isRelease() {
		return releaseOutputs(r), nil
	}
	metadata, _ := objectAt(r.Inputs, "metadata")
	in := FakeResource{Inputs: metadata}
	id := in.Text("name")
	if !slices.Contains(clusterWide, strings.TrimSuffix(r.Kind(), "Patch")) {
		setMissing(metadata, "namespace", "default")
		id = in.Text("namespace") + "/" + id
	}
	metadata["uid"] = resource.NewProperty(uuid((&fakeSource{seed: r.URN}).bytes(16)))
	metadata["resourceVersion"], metadata["generation"] = resource.NewProperty("1"), resource.NewProperty(1.0)
	out := resource.PropertyMap{"id": resource.NewProperty(id), "metadata": resource.NewProperty(metadata)}
	spec, _ := objectAt(r.Inputs, "spec")
	switch r.Kind() {
	case "Namespace":
		out["status"] = resource.NewProperty(resource.PropertyMap{"phase": resource.NewProperty("Active")})
	case "Deployment", "StatefulSet", "ReplicaSet":
		out["status"] = ready(FakeResource{Inputs: spec}.Number("replicas", 1))
	case "Service":
		out["spec"], out["status"] = serviceOutputs(r, spec)
	case "Secret":
		maps.Copy(out, secretOutputs(r.Inputs))
	}
	return out, nil
}

func ready(replicas int) resource.PropertyValue {
	n := resource.NewProperty(float64(replicas))
	return resource.NewProperty(resource.PropertyMap{
		"replicas": n, "readyReplicas": n, "availableReplicas": n, "updatedReplicas": n, "observedGeneration": resource.NewProperty(1.0)})
}

func serviceOutputs(r FakeResource, spec resource.PropertyMap) (newSpec, status resource.PropertyValue) {
	source := &fakeSource{seed: r.URN}
	b := source.bytes(4)
	setMissing(spec, "type", "ClusterIP")
	setMissing(spec, "clusterIP", fmt.Sprintf("10.0.%d.%d", b[0], b[1]))
	balancer := resource.PropertyMap{}
	if (FakeResource{Inputs: spec}).Text("type") == "LoadBalancer" {
		address := resource.PropertyMap{"ip": resource.NewProperty(fmt.Sprintf("20.0.%d.%d", b[2], b[3]))}
		balancer["ingress"] = resource.NewProperty([]resource.PropertyValue{resource.NewProperty(address)})
	}
	return resource.NewProperty(spec), resource.NewProperty(resource.PropertyMap{"loadBalancer": resource.NewProperty(balancer)})
}

// secretOutputs keeps the values secret and adds those that were given as text to the encoded ones, as the API server does.
func secretOutputs(inputs resource.PropertyMap) resource.PropertyMap {
	data, _ := objectAt(inputs, "data")
	plain, _ := objectAt(inputs, "stringData")
	for key, value := range plain {
		if text := opened(value); text.IsString() {
			data[key] = resource.NewProperty(base64.StdEncoding.EncodeToString([]byte(text.StringValue())))
		}
	}
	out := resource.PropertyMap{"data": resource.MakeSecret(resource.NewProperty(data))}
	if len(plain) > 0 {
		out["stringData"] = resource.MakeSecret(resource.NewProperty(plain))
	}
	return out
}

func releaseOutputs(r FakeResource) resource.PropertyMap {
	namespace := r.Text("namespace")
	if namespace == "" {
		namespace = "default"
	}
	return resource.PropertyMap{
		"id":        resource.NewProperty(namespace + "/" + r.Text("name")),
		"namespace": resource.NewProperty(namespace),
		"status": resource.NewProperty(resource.PropertyMap{
			"name": resource.NewProperty(r.Text("name")), "namespace": resource.NewProperty(namespace), "status": resource.NewProperty("deployed"),
			"chart": resource.NewProperty(r.Text("chart")), "version": resource.NewProperty(r.Text("version")), "revision": resource.NewProperty(1.0),
		}),
	}
}

// replacesObject: an object is another one when its name or namespace is.
func replacesObject(r FakeResource, changed []string) []string {
	within, old := r.Inputs, r.Old
	if !r.isRelease() {
		within, _ = objectAt(r.Inputs, "metadata")
		old, _ = objectAt(r.Old, "metadata")
	}
	var out []string
	for _, key := range changedKeys(old, within) {
		switch {
		case key != "name" && key != "namespace":
		case r.isRelease():
			out = append(out, key)
		default:
			return []string{"metadata"}
		}
	}
	return slices.DeleteFunc(out, func(key string) bool { return !slices.Contains(changed, key) })
}

// invokeKubernetes reads manifests for the package's yaml components.
func invokeKubernetes(token string, args resource.PropertyMap) (resource.PropertyMap, error) {
	if token != "kubernetes:yaml:decode" {
		return nil, fmt.Errorf("the fake of kubernetes does not answer the function %s: charts and kustomizations are not rendered", token)
	}
	var objects []resource.PropertyValue
	decoder := yaml.NewDecoder(strings.NewReader(FakeResource{Inputs: args}.Text("text")))
	for {
		var object map[string]any
		err := decoder.Decode(&object)
		if errors.Is(err, io.EOF) {
			return resource.PropertyMap{"result": resource.NewProperty(objects)}, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading manifests: %w", err)
		}
		if len(object) > 0 {
			objects = append(objects, resource.NewPropertyValue(object))
		}
	}
}
