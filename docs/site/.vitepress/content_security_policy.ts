// Puts the policy that the privacy page recommends into every page of the site. The generator writes a few scripts into
// its pages, which are allowed by their hashes, and colours code by style attributes.
import { createHash } from "node:crypto";

const inlineScript = /<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g;

export function contentSecurityPolicy(html: string): string {
  const hashes = [...html.matchAll(inlineScript)].map(([, script]) => `'sha256-${sha256(script ?? "")}'`);
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' ${hashes.join(" ")}`.trim(),
    "style-src 'self' 'unsafe-inline'",
    "connect-src 'self'",
    "worker-src 'self'",
    "img-src 'self' data:", // the theme's icons
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return html.replace("<head>", `<head>\n    <meta http-equiv="Content-Security-Policy" content="${policy}">`);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
