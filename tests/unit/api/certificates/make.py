#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the certificates beside it anew (needs python3-cryptography): what a server may show that is not HighLevel's.
Every first certificate belongs to the fault server's own key; the keys of other signers are thrown away."""
import datetime
import ipaddress
import pathlib
import re

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

here = pathlib.Path(__file__).parent
source = (here / "../../../support/faultserver.cpp").read_text()
pem = re.findall(r"-----BEGIN .*?-----END [A-Z ]+-----\n", source, re.S)
key = serialization.load_pem_private_key(pem[0].encode(), None)
authority = x509.load_pem_x509_certificate(pem[1].encode())
ours = (["localhost"], ["127.0.0.1", "::1"])


def name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def certificate(subject, public, issuer, signer, names=ours, start=2020, end=2120, ca=False, usage=None):
    made = x509.CertificateBuilder(name(issuer), name(subject), public, x509.random_serial_number(),
                                   datetime.datetime(start, 1, 1), datetime.datetime(end, 1, 1))
    made = made.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    if names:
        alternatives = [x509.DNSName(n) for n in names[0]] + [x509.IPAddress(ipaddress.ip_address(a)) for a in names[1]]
        made = made.add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
    if usage:
        made = made.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
    return made.sign(signer, hashes.SHA256())


def write(file, *chain):
    text = "".join(c.public_bytes(serialization.Encoding.PEM).decode() for c in chain)
    (here / (file + ".pem")).write_text(text)


root = authority.subject.rfc4514_string()[3:]
public = key.public_key()
other = ec.generate_private_key(ec.SECP256R1())
between = certificate("Outrigger test between", other.public_key(), root, key, names=None, ca=True)
nobody = certificate("Outrigger test nobody", other.public_key(), root, key)
twin = certificate(root, other.public_key(), root, other, names=None, ca=True)

write("good", certificate("localhost", public, root, key))
write("good-with-one-between", certificate("localhost", public, "Outrigger test between", other), between)
write("bad-signed-by-itself", certificate("localhost", public, "localhost", key))
write("bad-authority-of-the-same-name", certificate("localhost", public, root, other), twin)
write("bad-other-name", certificate("localhost", public, root, key, names=(["services.example"], ["127.0.0.9"])))
write("bad-expired", certificate("localhost", public, root, key, end=2025))
write("bad-not-yet", certificate("localhost", public, root, key, start=2110))
write("bad-for-clients", certificate("localhost", public, root, key, usage=ExtendedKeyUsageOID.CLIENT_AUTH))
write("bad-signed-by-nobody", certificate("localhost", public, "Outrigger test nobody", other), nobody)
write("bad-one-missing-between", certificate("localhost", public, "Outrigger test between", other))

whole = certificate("localhost", public, root, key).public_bytes(serialization.Encoding.DER)
write("bad-changed", x509.load_der_x509_certificate(whole.replace(b"localhost", b"localhosT", 1)))
