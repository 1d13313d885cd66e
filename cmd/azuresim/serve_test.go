package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// TestResourceManagerKeepsTheState makes a resource group over HTTPS, as the printed lines tell, and finds it in the file.
func TestResourceManagerKeepsTheState(t *testing.T) {
	folder := t.TempDir()
	certificate, state := filepath.Join(folder, "azuresim.pem"), filepath.Join(folder, "azure.json")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	reader, writer := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, "azuresim", []string{"serve", "-state", state, "-certificate", certificate}, writer)
		_ = writer.Close()
	}()
	env := readEnv(t, reader, "ARM_SUBSCRIPTION_ID")
	client := clientOf(t, env)
	base := "https://login.microsoftonline.com/" + env["AZURE_TENANT_ID"]
	token := send(t, client, "POST", base+"/oauth2/token", "", url.Values{"grant_type": {"client_credentials"},
		"client_id": {env["AZURE_CLIENT_ID"]}, "client_secret": {env["AZURE_CLIENT_SECRET"]},
		"resource": {"https://management.azure.com/"}}.Encode())
	_, token, _ = strings.Cut(token, `"access_token":"`)
	token, _, _ = strings.Cut(token, `"`)
	send(t, client, "PUT", "https://management.azure.com"+group("demo")+"?api-version=2021-04-01", token, `{"location":"westeurope"}`)
	if _, err := (&fileCloud{path: state}).Get(t.Context(), group("demo")); err != nil {
		t.Errorf("the file has what clients made, got %v", err)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if cloud, err := azuresim.Load(state); err != nil || len(cloud.Resources()) != 1 {
		t.Errorf("and keeps it, got %v", err)
	}
}

// readEnv reads the printed lines up to the last one.
func readEnv(t *testing.T, reader io.Reader, last string) map[string]string {
	t.Helper()
	env := map[string]string{}
	lines := bufio.NewScanner(reader)
	for env[last] == "" && lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), "=")
		env[name] = value
	}
	go func() { _, _ = io.Copy(io.Discard, reader) }()
	return env
}

func clientOf(t *testing.T, env map[string]string) *http.Client {
	t.Helper()
	text, err := os.ReadFile(env["SSL_CERT_FILE"])
	if err != nil {
		t.Fatal(err)
	}
	proxy, err := url.Parse(env["HTTPS_PROXY"])
	if err != nil {
		t.Fatal(err)
	}
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(text)
	transport := &http.Transport{Proxy: http.ProxyURL(proxy),
		TLSClientConfig: &tls.Config{RootCAs: trusted, MinVersion: tls.VersionTLS12}}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// send wants a success and returns the body.
func send(t *testing.T, client *http.Client, method, address, token, body string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode > 299 {
		t.Fatalf("%s %s: %d %s %v", method, address, response.StatusCode, content, err)
	}
	return string(content)
}
