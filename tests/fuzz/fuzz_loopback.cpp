// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"

#include "auth/loopbackhead.h"

using namespace outrigger;
using namespace Qt::StringLiterals;

/// The head of a request to the port on which the browser comes back. The port is 8765, the path /back.
int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray head = fuzz::bytes(data, size);
    const auto visit = auth::loopback::read(head, 8765, u"/back"_s);
    fuzz::promise(visit.returned.isEmpty() != visit.refusal.isEmpty(), "either something to take or a refusal");
    if (visit.returned.isEmpty()) {
        const QByteArray code = visit.refusal.left(4);
        fuzz::promise(code == "400 " || code == "404 " || code == "405 ", "a refusal of ours");
        fuzz::promise(!visit.refusal.contains('\r') && !visit.refusal.contains('\n'), "nothing of a stranger's in the answer's head");
        return 0;
    }
    fuzz::promise(head.trimmed().startsWith("GET /back?"), "only a GET of our path is taken");
    const QByteArray small = head.toLower();
    fuzz::promise(small.contains("localhost:8765") || small.contains("127.0.0.1:8765") || small.contains("[::1]:8765"), "only by a name of this machine");
    fuzz::promise(visit.returned.code.size() <= 4096 && visit.returned.state.size() <= 4096 && visit.returned.error.size() <= 4096, "words of a length");
    return 0;
}
