import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme";
import CodeFigures from "./components/CodeFigures.vue";
import DiagramFigure from "./components/DiagramFigure.vue";
import PassageSearch from "./components/PassageSearch.vue";
import RateChart from "./components/RateChart.vue";
import "./style.css";

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    for (const [name, component] of Object.entries({ CodeFigures, DiagramFigure, PassageSearch, RateChart })) {
      app.component(name, component);
    }
  },
} satisfies Theme;
