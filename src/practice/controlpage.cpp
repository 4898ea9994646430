// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/control.h"

namespace outrigger::practice
{

QByteArray controlPage()
{
    return R"html(<!doctype html><html lang="en"><meta charset="utf-8"><title>Practice account</title>
<style>body{font:16px/1.5 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b2733}
button{font:inherit;padding:.4rem .8rem;margin:.2rem;border-radius:8px;border:1px solid #0b6e6e;background:#fff;color:#0b6e6e}
pre{background:#f2f5f7;padding:1rem;border-radius:8px;white-space:pre-wrap}</style>
<h1>Practice account</h1><p>Make something happen. Nothing leaves this computer.</p>
<p id="buttons"></p><pre id="out" aria-live="polite"></pre>
<script>
const out = document.getElementById('out');
async function go(verb, name, body) {
  const answer = await fetch('/__practice/' + name, {method: verb, body: body ? JSON.stringify(body) : undefined});
  out.textContent = JSON.stringify(await answer.json(), null, 1);
}
const all = [
  ['Somebody writes', 'POST', 'inbound', {}], ['An e-mail comes', 'POST', 'email', {}], ['Somebody says STOP', 'POST', 'optout', {}],
  ['A colleague answers', 'POST', 'colleague', {}],
  ['The next send fails with 500', 'POST', 'faults', {match: 'POST /conversations/messages', kind: 'status', status: 500}],
  ['The next send gets no answer', 'POST', 'faults', {match: 'POST /conversations/messages', kind: 'close-after'}],
  ['429 for 10 seconds', 'POST', 'storm', {seconds: 10}], ['429 with Retry-After 5', 'POST', 'storm', {seconds: 5, retryAfter: 5}],
  ['Slow network', 'POST', 'slow', {ms: 2000}], ['All well again', 'DELETE', 'faults'],
  ['Quiet', 'POST', 'quiet', {quiet: true}], ['Lively', 'POST', 'quiet', {quiet: false}],
  ['State', 'GET', 'state'], ['Ledger', 'GET', 'ledger'], ['Faults', 'GET', 'faults']];
for (const [label, verb, name, body] of all) {
  const button = document.createElement('button');
  button.textContent = label;
  button.onclick = () => go(verb, name, body);
  document.getElementById('buttons').append(button);
}
</script></html>)html";
}

} // namespace outrigger::practice
