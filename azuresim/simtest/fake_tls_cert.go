package simtest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

func certRequestOutputs(r FakeResource) (resource.PropertyMap, error) {
	key, err := parseKey(r.Text("privateKeyPem"))
	if err != nil {
		return nil, err
	}
	der, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{
		Subject: r.subject(), DNSNames: r.texts("dnsNames"), IPAddresses: r.addresses(),
	}, key)
	return resource.PropertyMap{
		"certRequestPem": resource.NewProperty(textPEM("CERTIFICATE REQUEST", der)),
		"keyAlgorithm":   resource.NewProperty(algorithmOf(key.Public())),
	}, err
}

// usages are the allowedUses of the package that Go's certificates tell apart.
var usages = map[string]x509.KeyUsage{
	"digital_signature": x509.KeyUsageDigitalSignature, "content_commitment": x509.KeyUsageContentCommitment,
	"key_encipherment": x509.KeyUsageKeyEncipherment, "data_encipherment": x509.KeyUsageDataEncipherment,
	"key_agreement": x509.KeyUsageKeyAgreement, "cert_signing": x509.KeyUsageCertSign, "crl_signing": x509.KeyUsageCRLSign,
}

var extendedUsages = map[string]x509.ExtKeyUsage{
	"server_auth": x509.ExtKeyUsageServerAuth, "client_auth": x509.ExtKeyUsageClientAuth,
	"code_signing": x509.ExtKeyUsageCodeSigning, "email_protection": x509.ExtKeyUsageEmailProtection,
}

// certOutputs signs with the own key, or for a LocallySignedCert with that of the authority.
func certOutputs(r FakeResource) (resource.PropertyMap, error) {
	start := time.Now().UTC().Truncate(time.Second)
	end := start.Add(time.Duration(r.Number("validityPeriodHours", 0)) * time.Hour)
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return nil, err
	}
	cert := &x509.Certificate{
		SerialNumber: serial, NotBefore: start, NotAfter: end,
		IsCA: r.flag("isCaCertificate", false), BasicConstraintsValid: true,
	}
	for _, use := range r.texts("allowedUses") {
		cert.KeyUsage |= usages[use]
		if extended, ok := extendedUsages[use]; ok {
			cert.ExtKeyUsage = append(cert.ExtKeyUsage, extended)
		}
	}
	parent, public, signer, err := signing(r, cert)
	if err != nil {
		return nil, err
	}
	der, err := x509.CreateCertificate(rand.Reader, cert, parent, public, signer)
	if err != nil {
		return nil, err
	}
	return resource.PropertyMap{
		"id": resource.NewProperty(serial.String()), "certPem": resource.NewProperty(textPEM("CERTIFICATE", der)),
		"keyAlgorithm": resource.NewProperty(algorithmOf(public)), "readyForRenewal": resource.NewProperty(false),
		"validityStartTime": resource.NewProperty(start.Format(time.RFC3339)), "validityEndTime": resource.NewProperty(end.Format(time.RFC3339)),
	}, nil
}

// signing completes a certificate and tells who signs it: itself, or an authority that was asked to.
func signing(r FakeResource, cert *x509.Certificate) (*x509.Certificate, crypto.PublicKey, crypto.Signer, error) {
	if r.Kind() == "SelfSignedCert" {
		key, err := parseKey(r.Text("privateKeyPem"))
		if err != nil {
			return nil, nil, nil, err
		}
		cert.Subject, cert.DNSNames, cert.IPAddresses = r.subject(), r.texts("dnsNames"), r.addresses()
		return cert, key.Public(), key, nil
	}
	request, err := decoded(r, "certRequestPem", x509.ParseCertificateRequest)
	if err != nil {
		return nil, nil, nil, err
	}
	authority, err := decoded(r, "caCertPem", x509.ParseCertificate)
	if err != nil {
		return nil, nil, nil, err
	}
	key, err := parseKey(r.Text("caPrivateKeyPem"))
	cert.Subject, cert.DNSNames, cert.IPAddresses = request.Subject, request.DNSNames, request.IPAddresses
	return authority, request.PublicKey, key, err
}

func decoded[T any](r FakeResource, input string, parse func([]byte) (*T, error)) (*T, error) {
	block, _ := pem.Decode([]byte(r.Text(input)))
	if block == nil {
		return nil, errors.New(input + " is not in PEM")
	}
	out, err := parse(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", input, err)
	}
	return out, nil
}

func (r FakeResource) subject() pkix.Name {
	given := opened(r.Inputs["subject"])
	if !given.IsObject() {
		return pkix.Name{}
	}
	subject := FakeResource{Inputs: given.ObjectValue()}
	some := func(name string) []string {
		if text := subject.Text(name); text != "" {
			return []string{text}
		}
		return nil
	}
	return pkix.Name{
		CommonName: subject.Text("commonName"), SerialNumber: subject.Text("serialNumber"), Organization: some("organization"),
		OrganizationalUnit: some("organizationalUnit"), Country: some("country"), Locality: some("locality"),
		Province: some("province"), PostalCode: some("postalCode"), StreetAddress: subject.texts("streetAddresses"),
	}
}

// texts are the strings of a list among the inputs.
func (r FakeResource) texts(name string) []string {
	var out []string
	if v := opened(r.Inputs[resource.PropertyKey(name)]); v.IsArray() {
		for _, e := range v.ArrayValue() {
			if e = opened(e); e.IsString() {
				out = append(out, e.StringValue())
			}
		}
	}
	return out
}

func (r FakeResource) addresses() []net.IP {
	var out []net.IP
	for _, text := range r.texts("ipAddresses") {
		out = append(out, net.ParseIP(text))
	}
	return out
}

func algorithmOf(public crypto.PublicKey) string {
	switch public.(type) {
	case *rsa.PublicKey:
		return "RSA"
	case *ecdsa.PublicKey:
		return "ECDSA"
	default:
		return "ED25519"
	}
}
