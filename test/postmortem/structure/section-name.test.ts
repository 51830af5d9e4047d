import { describe, expect, it } from "vitest";
import { readSectionName } from "../../../src/postmortem/structure/section-name.js";

const kinds = (names: readonly string[]) => names.map((name) => [name, readSectionName(name).kind]);
const all = (names: readonly string[], kind: string | null) => names.map((name) => [name, kind]);

describe("section names", () => {
  it.each([
    [
      "explicit",
      [
        "Action items",
        "7. Action Items & Remediation Roadmap",
        "✅ Actions",
        "TODO",
        "Tasks:",
        "Lessons learned and action items",
        "Plan de acción",
        "Plan d'action",
        "Maßnahmen",
        "Actiepunten",
        "Itens de ação",
        "アクションアイテム",
        "行动项",
        "剩余风险与行动项",
        "Offene Aufgaben",
        "残タスク",
        "액션 아이템",
      ],
    ],
    [
      "followUp",
      [
        "Follow-ups",
        "Next steps",
        "Corrective & Preventive Actions（CAPA）",
        "What we're doing about it",
        "How will we prevent this?",
        "Future work",
        "Technical actions",
        "Improvements planned",
        "So this does not happen again",
        "Where do we go from here?",
        "Pending tasks",
        "Resolution and next steps",
        "Próximos pasos",
        "Plan de corrección",
        "Acciones acordadas",
        "Ação corretiva",
        "Actions planifiées",
        "Prochaines étapes",
        "Nächste Schritte",
        "Volgende stappen",
        "后续措施",
        "경험 및 후속 조치",
        "Próximo paso",
        "Para que no vuelva a ocurrir",
        "Próximo passo",
        "Prevenção de incidentes futuros",
        "Pour éviter que cela se reproduise",
        "Prossimo passo",
        "Nächster Schritt",
        "Vermeidung künftiger Vorfälle",
        "Herhaling voorkomen",
        "未来改进",
        "今後の改善",
        "향후 개선",
      ],
    ],
    [
      "prevention",
      [
        "再発防止策",
        "教訓と再発防止策",
        "재발 방지 대책",
        "교훈 및 재발 방지 대책",
        "改进措施",
        "Avoiding a repetition",
      ],
    ],
    [
      "measures",
      [
        "Corrective and Preventative Measures",
        "Remediation",
        "Medidas correctivas",
        "Mesures préventives",
        "Misure correttive",
        "Systemic controls",
        "Guardrails",
      ],
    ],
    [
      "advice",
      [
        "Prevention",
        "Prevention steps",
        "Préventions planifiées",
        "Recommendations",
        "Improvements",
        "Technical improvements",
      ],
    ],
    [
      "taken",
      [
        "Actions taken",
        "Fixes implemented",
        "Recovery actions",
        "Immediate fixes applied",
        "Acciones tomadas (fix inmediato)",
        "Ergriffene Maßnahmen",
        "暫定対応",
      ],
    ],
    [
      "chronicle",
      [
        "Timeline",
        "Follow-up timeline (times in UTC)",
        "Follow-up meetings scheduled",
        "Línea de tiempo",
        "タイムライン",
        "时间线",
      ],
    ],
    [
      "other",
      [
        "Lessons learned",
        "What went well",
        "Where we got lucky",
        "Root cause and resolution",
        "Impact",
        "What could be improved",
        "Appendix A: actions of others",
        "Lições aprendidas",
        "教訓",
        "Recommendations for users",
      ],
    ],
    [null, ["The queue that ate our mail", "Payment service", "Platform team", "Action at a distance", "Task queue"]],
  ] as const)("%s", (kind, names) => {
    expect(kinds(names)).toEqual(all(names, kind));
  });

  it("reads the window a name states", () => {
    expect(readSectionName("Immediate (Complete within 1 week)").window).toBe("Complete within 1 week");
    expect(readSectionName("Short-term").window).toBe("Short-term");
    expect(readSectionName("Next 30 days").window).toBe("Next 30 days");
    expect(readSectionName("À court terme").window).toBe("À court terme");
    expect(readSectionName("Monitoring").window).toBeNull();
  });

  it("takes a document's title for a section only where it is nothing else", () => {
    expect(readSectionName("Postmortem: follow-up mails lost", true).kind).toBeNull();
    expect(readSectionName("Action items", true).kind).toBe("explicit");
  });
});

describe("names that mean the same as known ones", () => {
  it.each([
    [
      "work",
      [
        ...[
          "Looking forward",
          "The road ahead",
          "Next up",
          "Outstanding",
          "Never again",
          "Changes needed",
          "Gaps to close",
        ],
        ...[
          "Ensuring this does not happen again",
          "Remediation tracker",
          "Things to fix",
          "Unresolved items",
          "What's changing",
        ],
        ...[
          "Action table",
          "Owners and deadlines",
          "Resulting tickets",
          "Retro actions",
          "Yet to do",
          "New guardrails",
        ],
        ...[
          "Wie es weitergeht",
          "Zusagen",
          "Restarbeiten",
          "Was ist noch zu tun?",
          "Dauerhafte Lösung",
          "Künftige Vermeidung",
        ],
        ...["Et après ?", "Ce qui reste à faire", "Ce qui va changer", "Chantiers"],
        ...["Lo que vamos a cambiar", "¿Cómo evitamos que vuelva a ocurrir?", "O que vem a seguir"],
        ...["Cose da fare", "Come evitarlo in futuro", "Plan van aanpak"],
        ...[
          "やるべきこと",
          "今後に向けて",
          "同じ障害を起こさないために",
          "待办项",
          "复盘行动项",
          "배운 점과 액션",
          "교훈과 조치 항목",
        ],
        ...["Дальнейший план", "Планируемые улучшения", "Что исправить", "Работа над ошибками", "Задачи на доработку"],
        ...["Önleyici tedbirler", "Bundan sonra ne yapacağız", "Yapılacak işler", "Kalan işler"],
        ...["What do we still need to do?", "What needs to be done", "What are the next steps?", "Who's doing what"],
        ...[
          "Was müssen wir noch tun?",
          "Wie stellen wir sicher, dass das nicht wieder passiert?",
          "Que reste-t-il à faire ?",
        ],
        ...[
          "¿Qué nos falta por hacer?",
          "Como garantir que não aconteça de novo",
          "Come facciamo in modo che non succeda più?",
        ],
        ...[
          "何をすべきか",
          "残対応",
          "Не внедрены",
          "我们还需要做什么",
          "무엇을 해야 하는가",
          "Что нам ещё нужно сделать?",
          "Ne yapmamız gerekiyor?",
        ],
        ...["Videre oppfølging", "Hva skal vi endre?", "Slik hindrer vi at det skjer igjen", "Åpne punkter"],
      ],
      ["explicit", "followUp", "prevention", "measures"],
    ],
    [
      "advice",
      [
        ...[
          "Next time",
          "For the future",
          "Known gaps",
          "Better detection",
          "Runbook updates",
          "Pistes d'amélioration",
        ],
        ...["De cara al futuro", "Oportunidades de mejora", "Oportunidades de melhoria", "Aree di miglioramento"],
        ...["改善点", "Forbedringspunkter"],
      ],
      ["advice"],
    ],
    ["no work", ["결과 분석", "Related tickets", "Known issues", "The fix", "Outcome"], [null, "other"]],
  ])("%s", (_, names, allowed) => {
    const wrong = names.map((name) => [name, readSectionName(name).kind] as const);
    expect(wrong.filter(([, kind]) => !allowed.includes(kind))).toEqual([]);
  });
});

it("a name says in brackets that its work is done", () => {
  const done = [
    "Меры по предотвращению (внедрены)",
    "Corrective actions (implemented)",
    "Maßnahmen (erledigt)",
    "対策（完了）",
  ];
  expect(done.map((name) => readSectionName(name).done)).toEqual(done.map(() => true));
});
