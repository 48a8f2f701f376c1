import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type CSSOptions, type Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { recognitionLanguages } from "./src/documents/recognition/languages";

/**
 * The content security policy: scripts, frames, images and forms from this origin only; connections to https
 * and loopback, for models. Styles may stand in elements, since Radix adds one to keep the page from
 * scrolling under a dialog.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'", // WebAssembly: hash-wasm's SHA-256; text recognition's own
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
 * The files that readers of documents ask for by name, under folders of this origin: pdf.js' maps of Chinese,
 * Japanese and Korean characters, its decoders of pictures, and Tesseract with a file for each language.
 */
function readersFiles(): Plugin {
  const { resolve } = createRequire(import.meta.url);
  const inPackage = (name: string, path: string) => join(dirname(resolve(`${name}/package.json`)), path);
  const filesIn = (folder: string, end: string) =>
    readdirSync(folder).flatMap((name) => (name.endsWith(end) ? [join(folder, name)] : []));
  const core = "tesseract-core-simd-lstm";
  const served: Record<string, readonly string[]> = {
    cmaps: filesIn(inPackage("pdfjs-dist", "cmaps"), ".bcmap"),
    decoders: filesIn(inPackage("pdfjs-dist", "wasm"), ".wasm"),
    recognition: [
      inPackage("tesseract.js", "dist/worker.min.js"),
      ...[`${core}.js`, `${core}.wasm`].map((name) => inPackage("tesseract.js-core", name)),
      ...Object.keys(recognitionLanguages).map((code) =>
        inPackage(`@tesseract.js-data/${code}`, `4.0.0_best_int/${code}.traineddata.gz`),
      ),
    ],
  };
  return {
    name: "readers-files",
    apply: "build",
    generateBundle() {
      for (const [folder, paths] of Object.entries(served))
        for (const path of paths)
          this.emitFile({
            type: "asset",
            fileName: `${folder}/${basename(path)}`,
            source: readFileSync(path),
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
    readersFiles(),
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
        id: ".",
        display: "standalone",
        start_url: ".",
        scope: ".",
        categories: ["productivity", "utilities"],
        // The service worker takes it (public/service-worker-share.js).
        share_target: {
          action: "share",
          method: "POST",
          enctype: "multipart/form-data",
          params: {
            title: "title",
            text: "text",
            url: "url",
            files: [{ name: "files", accept: ["*/*"] }],
          },
        },
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
        // The page keeps Mermaid itself.
        globIgnores: ["models/**", "grammars/**", "decoders/**", "recognition/**", "assets/mermaid*"],
        maximumFileSizeToCacheInBytes: 8e6,
        navigateFallback: "index.html",
        navigateFallbackDenylist: [/\/models\//],
        ignoreURLParametersMatching: [/^model$/, /^shared$/],
        importScripts: ["service-worker-share.js"],
        cleanupOutdatedCaches: true,
        // Kept once a PDF, a scan or code has used them.
        runtimeCaching: [
          {
            urlPattern: /\/(?:cmaps|decoders|grammars|recognition)\/[^/]+\.(?:bcmap|js|wasm|gz)$/,
            handler: "CacheFirst",
          },
        ],
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
      // One chunk of what is there before the first paint. In the 58 that the build makes by itself, for all
      // that is loaded later shares some, the same code packs to 19 KB more.
      output: { codeSplitting: { groups: [{ name: "page", tags: ["$initial"] }] } },
    },
  },
}));
