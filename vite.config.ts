import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type CSSOptions, type Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";

/**
 * The content security policy: scripts, frames, images and forms from this origin only; connections to https
 * and loopback, for models. Styles may stand in elements, since Radix adds one to keep the page from
 * scrolling under a dialog.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'", // WebAssembly: hash-wasm's SHA-256
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "frame-src 'self'",
  "worker-src 'self' blob:",
  "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
].join("; ");

/**
 * Puts the policy into the built page. The dev server is left without: its hot reload uses inline scripts.
 */
function policy(): Plugin {
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy },
        injectTo: "head-prepend",
      },
    ],
  };
}

/**
 * pdf.js asks for these maps by name where a Chinese, Japanese or Korean PDF uses one: served under cmaps/.
 */
function characterMaps(): Plugin {
  const folder = join(dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json")), "cmaps");
  return {
    name: "character-maps",
    apply: "build",
    generateBundle() {
      for (const name of readdirSync(folder))
        if (name.endsWith(".bcmap"))
          this.emitFile({
            type: "asset",
            fileName: `cmaps/${name}`,
            source: readFileSync(join(folder, name)),
          });
    },
  };
}

/**
 * Leaves KaTeX's sheet the fonts that every browser with WebGPU reads: the other two forms of them are most
 * of the bytes.
 */
function formulaFonts(): Plugin {
  return {
    name: "formula-fonts",
    enforce: "pre",
    transform: {
      filter: { id: /katex\.min\.css$/ },
      handler: (css) => css.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("\w+"\)/g, ""),
    },
  };
}

/**
 * Short names for the classes of the built page: the number of the sheet, then one character for the class in
 * it. Readable ones cost 0.8 KB more before the first paint, packed. The dev server keeps those.
 */
function shortNames(): (name: string, path: string, css: string) => string {
  const sheets = readdirSync("src/page/ui", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".module.css"))
    .sort();
  return (name, path, css) => {
    const names = [...new Set(css.match(/(?<=[.]|@keyframes )[a-z][\w-]*/gi))];
    const sheet = sheets.findIndex((end) => path.endsWith(`/${end}`));
    // a to p are digits too
    const digits = sheet.toString(26).replace(/\d/g, (digit) => "qrstuvwxyz"[Number(digit)]!);
    return `${digits}${names.indexOf(name).toString(36)}`;
  };
}

/**
 * Writes the sizes of tokens.css where they are used, since nothing changes them while the page runs. As
 * custom properties they cost 0.4 KB more before the first paint, packed.
 */
function sizesInPlace(): NonNullable<Exclude<CSSOptions["postcss"], string | undefined>["plugins"]>[number] {
  const tokens = readFileSync("src/page/ui/shell/tokens.css", "utf8");
  const sizes = new Map(
    [...tokens.matchAll(/(--(?:space|radius|type)-\d+): ([^;]+);/g)].map(([, name, value]) => [
      name!,
      value!,
    ]),
  );
  return {
    postcssPlugin: "sizes-in-place",
    Declaration(declaration) {
      if (sizes.has(declaration.prop)) declaration.remove();
      else
        declaration.value = declaration.value.replace(
          /var\((--(?:space|radius|type)-\d+)\)/g,
          (use, name: string) => sizes.get(name) ?? use,
        );
    },
  };
}

/**
 * Imports the classes of a sheet one by one, so that each is a constant that stands where it is used. A table
 * of them costs 1.1 KB more before the first paint, packed. Nothing then refers to the sheet, so it is said
 * to have effects.
 */
function classNames(): Plugin[] {
  const sheet = /\.module\.css$/;
  return [
    {
      name: "class-names",
      enforce: "pre",
      transform: {
        filter: { id: /\.tsx$/ },
        handler: (code) =>
          code.replace(/^import (\w+) from ("[^"]+\.module\.css");$/gm, "import * as $1 from $2;"),
      },
    },
    {
      name: "style-sheets",
      enforce: "post",
      transform: { filter: { id: sheet }, handler: () => ({ moduleSideEffects: "no-treeshake" }) },
    },
  ];
}

/** The service worker's list takes half of a build on a busy machine: no news to whoever runs npm start. */
const checks = { bundlerTimings: false };

/** Puts grammars apart, so that the service worker does not fetch forty of them for everybody. */
const chunkFileNames = ({ moduleIds }: { moduleIds: readonly string[] }) =>
  moduleIds.length > 0 && moduleIds.every((id) => id.includes("@shikijs/langs/"))
    ? "grammars/[name]-[hash].js"
    : "assets/[name]-[hash].js";

export default defineConfig(({ command }) => ({
  plugins: [
    classNames(),
    formulaFonts(),
    react(),
    policy(),
    characterMaps(),
    VitePWA({
      // The page asks before it takes a new version: a reload would cut off a running answer.
      registerType: "prompt",
      injectRegister: false,
      includeAssets: ["favicon.svg", "icons/*.png"],
      manifest: {
        name: "Qwen in your browser",
        short_name: "Qwen",
        description:
          "Chat with Qwen3.5 on your own graphics card. Private: nothing you write leaves this device.",
        display: "standalone",
        start_url: ".",
        background_color: "#faf8f3",
        theme_color: "#1f5c4a",
        icons: [
          { src: "icons/icon-192.png", sizes: "192x192", type: "image/png" },
          { src: "icons/icon-512.png", sizes: "512x512", type: "image/png" },
          { src: "icons/icon-512-maskable.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
        ],
      },
      workbox: {
        // Models are kept by the app itself, in IndexedDB; a second copy of gigabytes would be of no use to
        // anyone.
        globPatterns: ["**/*.{js,css,html,svg,png,wgsl,wasm,json,webmanifest,woff2}"],
        globIgnores: ["models/**", "grammars/**"],
        maximumFileSizeToCacheInBytes: 8e6,
        navigateFallback: "index.html",
        navigateFallbackDenylist: [/\/models\//],
        ignoreURLParametersMatching: [/^model$/],
        cleanupOutdatedCaches: true,
        // Kept once a PDF or code has used them.
        runtimeCaching: [{ urlPattern: /\/(?:cmaps|grammars)\/[^/]+\.(?:bcmap|js)$/, handler: "CacheFirst" }],
      },
    }),
  ],
  css:
    command === "build"
      ? { modules: { generateScopedName: shortNames() }, postcss: { plugins: [sizesInPlace()] } }
      : {},
  worker: { format: "es", rolldownOptions: { checks, output: { chunkFileNames } } },
  build: {
    target: "es2023",
    // The policy takes no font from a data: address.
    assetsInlineLimit: (path) => (path.endsWith(".woff2") ? false : undefined),
    // The oldest that have WebGPU and the rest of what the page uses. For older ones `light-dark()` would be
    // rewritten into a form that does not follow the theme setting.
    cssTarget: ["chrome126", "firefox141", "safari26"],
    rolldownOptions: {
      checks,
      optimization: { inlineConst: { mode: "all", pass: 1 } }, // classNames() above
    },
  },
}));
