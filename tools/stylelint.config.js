// Built styles: nothing that the oldest browsers served (package.json) need and lack.
export default {
  plugins: ["stylelint-no-unsupported-browser-features"],
  rules: {
    "plugin/no-unsupported-browser-features": [
      true,
      {
        severity: "error",
        ignorePartialSupport: true,
        // Comfort only: a browser without them shows and does the same.
        ignore: [
          "css-content-visibility",
          "css-overscroll-behavior",
          "css-resize",
          "css-scrollbar",
          "css-touch-action",
          "css3-cursors-grab",
          "text-size-adjust",
        ],
      },
    ],
  },
};
