// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <map>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

/// Runs a program under ptrace and ends it, or lets the disk fail, at its n-th system call. Counted are the calls of all its
/// threads by which the world outside it changes: files, and bytes on a socket. Between two of these nothing can be told
/// apart from outside, so killing at each of them is killing everywhere.
namespace outrigger::test::systemcalls {

/// What is known of a run; written as it goes on, so that a reader needs no end.
struct Tally {
    std::int64_t counted = 0;
    std::int64_t failed = 0; ///< calls that were made to fail
    std::array<char, 160> hit{}; ///< the call at which it happened, for people
};

struct Plan {
    std::int64_t at = 0;   ///< 0: only counts
    int error = 0;         ///< 0: kills; else the call fails with this
    bool stays = false;    ///< so do all after it
    QByteArray folder;     ///< of the files that may fail
    QByteArray tally;      ///< the file in which Tally is written
};

/// The traced program begins to count with this call, which nobody else makes.
inline void begin() { ::syscall(SYS_getpgid, 0); }

#if defined(__x86_64__) && defined(PTRACE_GET_SYSCALL_INFO)
constexpr bool possible = true;

/// As in linux/ptrace.h, which cannot be included beside sys/ptrace.h.
struct Call {
    std::uint8_t op; ///< 1: entry, 2: exit
    std::uint8_t pad[3];
    std::uint32_t arch;
    std::uint64_t instruction;
    std::uint64_t stack;
    std::uint64_t number;
    std::uint64_t words[6];
};

class Tracer
{
public:
    explicit Tracer(Plan plan) : m_plan(std::move(plan)) {}

    /// command ends with nullptr. The program's own exit code, 128 and the signal, or 126 when it cannot be traced.
    int run(char *const *command)
    {
        m_out = ::open(m_plan.tally.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        m_child = ::fork();
        if (m_child == 0) {
            if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0)
                ::_exit(126);
            ::raise(SIGSTOP);
            ::execv(command[0], command);
            ::_exit(127);
        }
        int status = 0;
        ::waitpid(m_child, &status, 0);
        if (!WIFSTOPPED(status))
            return 126;
        ::ptrace(PTRACE_SETOPTIONS, m_child, nullptr,
                 PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC);
        ::ptrace(PTRACE_SYSCALL, m_child, nullptr, nullptr);
        return follow();
    }

private:
    int follow()
    {
        int code = 126;
        for (;;) {
            int status = 0;
            const pid_t thread = ::waitpid(-1, &status, __WALL);
            if (thread < 0)
                return code;
            if (WIFEXITED(status) || WIFSIGNALED(status)) {
                if (thread == m_child)
                    code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
                continue;
            }
            int signal = WSTOPSIG(status);
            if (signal == (SIGTRAP | 0x80)) {
                call(thread);
                signal = 0;
            } else if (signal == SIGTRAP || signal == SIGSTOP) {
                signal = 0; // a new thread, or exec
            }
            ::ptrace(PTRACE_SYSCALL, thread, nullptr, reinterpret_cast<void *>(std::intptr_t(signal)));
        }
    }
    void call(pid_t thread)
    {
        Call now{};
        if (::ptrace(static_cast<__ptrace_request>(PTRACE_GET_SYSCALL_INFO), thread, sizeof now, &now) <= 0)
            return;
        if (now.op == 2) {
            if (const auto failing = m_failing.find(thread); failing != m_failing.end()) {
                ::ptrace(PTRACE_POKEUSER, thread, offsetof(user_regs_struct, rax), std::int64_t(-m_plan.error));
                m_failing.erase(failing);
            }
            return;
        }
        if (now.op != 1)
            return;
        if (now.number == SYS_getpgid)
            m_counts = true;
        if (!m_counts || !changes(thread, now))
            return;
        ++m_tally.counted;
        const bool here = m_plan.at > 0 && (m_tally.counted == m_plan.at || (m_plan.stays && m_tally.counted > m_plan.at));
        if (here && m_plan.error == 0) {
            ::kill(m_child, SIGKILL); // the call is not made any more
        } else if (here) {
            ++m_tally.failed;
            m_failing[thread] = true;
            ::ptrace(PTRACE_POKEUSER, thread, offsetof(user_regs_struct, orig_rax), std::int64_t(-1)); // no call at all
        }
        if (m_tally.counted == m_plan.at)
            std::snprintf(m_tally.hit.data(), m_tally.hit.size(), "call %d of %s", int(now.number), m_path.constData());
        if (::pwrite(m_out, &m_tally, sizeof m_tally, 0) < 0)
            std::perror("tally");
    }
    bool changes(pid_t thread, const Call &now)
    {
        m_path.clear();
        switch (now.number) {
        case SYS_write:
        case SYS_writev:
        case SYS_pwrite64:
        case SYS_pwritev:
        case SYS_fsync:
        case SYS_fdatasync:
        case SYS_ftruncate:
        case SYS_fallocate:
            m_path = pathOf(thread, int(now.words[0]));
            if (m_plan.error != 0)
                return m_path.startsWith(m_plan.folder);
            return m_path.startsWith('/') || m_path.startsWith("socket:"); // not the pipes and events by which threads wake each other
        case SYS_sendto:
        case SYS_sendmsg:
        case SYS_connect:
        case SYS_shutdown:
        case SYS_unlink:
        case SYS_unlinkat:
        case SYS_rename:
        case SYS_renameat:
        case SYS_renameat2:
        case SYS_mkdir:
        case SYS_mkdirat:
            return m_plan.error == 0;
        case SYS_open:
            return m_plan.error == 0 && (now.words[1] & (O_CREAT | O_TRUNC)) != 0;
        case SYS_openat:
            return m_plan.error == 0 && (now.words[2] & (O_CREAT | O_TRUNC)) != 0;
        default:
            return false;
        }
    }
    static QByteArray pathOf(pid_t thread, int file)
    {
        QByteArray link(512, '\0');
        const auto size = ::readlink(("/proc/" + QByteArray::number(thread) + "/fd/" + QByteArray::number(file)).constData(), link.data(), 512);
        return link.left(size < 0 ? 0 : size);
    }

    Plan m_plan;
    Tally m_tally;
    std::map<pid_t, bool> m_failing;
    QByteArray m_path;
    pid_t m_child = 0;
    int m_out = -1;
    bool m_counts = false;
};
#else
constexpr bool possible = false;
class Tracer
{
public:
    explicit Tracer(Plan) {}
    int run(char *const *) { return 126; }
};
#endif

} // namespace outrigger::test::systemcalls
