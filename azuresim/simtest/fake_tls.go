package simtest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // the package tls takes SHA-1 of the public key as the ID; nothing is protected by it
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"maps"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"golang.org/x/crypto/ssh"
)

// TLS is a fake of the package tls: PrivateKey, CertRequest, SelfSignedCert and LocallySignedCert, made as the package makes them,
// with real keys and from the current time on. RSA keys of 4096 bits take seconds; ECDSA and ED25519 take none. What is secret in
// the package is secret here. Every change replaces.
func TLS() Fake { return Fake{Outputs: tlsOutputs, Replaces: all} }

func tlsOutputs(r FakeResource) (resource.PropertyMap, error) {
	switch r.Kind() {
	case "PrivateKey":
		return privateKeyOutputs(r)
	case "CertRequest":
		return certRequestOutputs(r)
	case "SelfSignedCert", "LocallySignedCert":
		return certOutputs(r)
	default:
		return nil, fmt.Errorf("the fake of tls does not know the kind %s", r.Kind())
	}
}

func privateKeyOutputs(r FakeResource) (resource.PropertyMap, error) {
	key, err := newKey(r)
	if err != nil {
		return nil, err
	}
	own, err := privatePEM(key)
	if err != nil {
		return nil, err
	}
	public, err := publicKeyOutputs(key.Public())
	if err != nil {
		return nil, err
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	out := resource.PropertyMap{
		"privateKeyPem":      secretText(own),
		"privateKeyPemPkcs8": secretText(textPEM("PRIVATE KEY", pkcs8)),
	}
	if block, err := ssh.MarshalPrivateKey(key, ""); err == nil { // OpenSSH has no P224
		out["privateKeyOpenssh"] = secretText(string(pem.EncodeToMemory(block)))
	}
	maps.Copy(out, public)
	return out, nil
}

func newKey(r FakeResource) (crypto.Signer, error) {
	switch algorithm := r.Text("algorithm"); algorithm {
	case "RSA":
		return rsa.GenerateKey(rand.Reader, r.Number("rsaBits", 2048))
	case "ECDSA":
		curves := map[string]elliptic.Curve{"": elliptic.P224(), "P224": elliptic.P224(), "P256": elliptic.P256(), "P384": elliptic.P384(), "P521": elliptic.P521()}
		curve, known := curves[r.Text("ecdsaCurve")]
		if !known {
			return nil, fmt.Errorf("ecdsaCurve %q is none of P224, P256, P384 and P521", r.Text("ecdsaCurve"))
		}
		return ecdsa.GenerateKey(curve, rand.Reader)
	case "ED25519":
		_, key, err := ed25519.GenerateKey(rand.Reader)
		return key, err
	default:
		return nil, fmt.Errorf("algorithm %q is none of RSA, ECDSA and ED25519", algorithm)
	}
}

// privatePEM writes a key in the form of its algorithm: PKCS #1, SEC 1, or PKCS #8.
func privatePEM(key crypto.Signer) (string, error) {
	switch k := key.(type) {
	case *rsa.PrivateKey:
		return textPEM("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(k)), nil
	case *ecdsa.PrivateKey:
		der, err := x509.MarshalECPrivateKey(k)
		return textPEM("EC PRIVATE KEY", der), err
	default:
		der, err := x509.MarshalPKCS8PrivateKey(key)
		return textPEM("PRIVATE KEY", der), err
	}
}

// publicKeyOutputs leaves the OpenSSH form out for P224, which OpenSSH does not have.
func publicKeyOutputs(public crypto.PublicKey) (resource.PropertyMap, error) {
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return nil, err
	}
	sum := sha1.Sum(der) //nolint:gosec // see the import
	out := resource.PropertyMap{
		"id":           resource.NewProperty(hex.EncodeToString(sum[:])),
		"publicKeyPem": resource.NewProperty(textPEM("PUBLIC KEY", der)),
	}
	key, err := ssh.NewPublicKey(public)
	if err != nil {
		return out, nil //nolint:nilerr // see above
	}
	out["publicKeyOpenssh"] = resource.NewProperty(string(ssh.MarshalAuthorizedKey(key)))
	out["publicKeyFingerprintMd5"] = resource.NewProperty(ssh.FingerprintLegacyMD5(key))
	out["publicKeyFingerprintSha256"] = resource.NewProperty(ssh.FingerprintSHA256(key))
	return out, nil
}

// parseKey reads what privatePEM writes.
func parseKey(text string) (crypto.Signer, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errors.New("the private key is not in PEM")
	}
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return key, nil
	}
	if key, err := x509.ParseECPrivateKey(block.Bytes); err == nil {
		return key, nil
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, errors.New("the private key is neither PKCS #1 nor SEC 1 nor PKCS #8")
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, errors.New("the private key cannot sign")
	}
	return signer, nil
}

func textPEM(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}
