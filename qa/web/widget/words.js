// ---- words, days and languages, in the language of the element

class Words {
  constructor(language) {
    this.language = language;
    this.locale = LOCALES[language] ?? language;
  }

  knows(key) {
    return key in PHRASES[this.language];
  }

  say(key, values = {}) {
    const text = PHRASES[this.language][key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  /** A day in words; one that the source gives only in part stays as it is. */
  day(published) {
    if (!published) return this.say("answer.undated");
    const day = published.slice(0, 10);
    const date = new Date(`${day}T00:00:00Z`);
    if (day.length < 10 || Number.isNaN(date.getTime())) return published;
    return new Intl.DateTimeFormat(this.locale, { dateStyle: "long", timeZone: "UTC" }).format(date);
  }

  /** The name of a language; an article can call its language what it likes. */
  languageName(code) {
    if (!/^[a-z]{2,3}$/i.test(code)) return code;
    return new Intl.DisplayNames([this.locale], { type: "language" }).of(code);
  }

  number(value) {
    return new Intl.NumberFormat(this.locale).format(value);
  }

  outlet(article) {
    return article.publisher || this.say("answer.unknown_publisher");
  }

  /** Who printed a quotation, who wrote it and when, as it stands below it. */
  attribution(article) {
    return [this.outlet(article), article.author, this.day(article.published)].filter(Boolean).join(", ");
  }

  /** The language of what is not in the reader's. */
  foreign({ language }) {
    return language && language !== this.language ? [this.languageName(language)] : [];
  }

  /** What was looked through. */
  searched({ articles, languages, from, to, period, newest }) {
    const [first, last] = [from && this.day(from), to && this.day(to)];
    if (!articles) {
      if (!period || !newest) return this.say("answer.nothing_matches");
      const empty = this.say("answer.period_empty", { period, first: first ?? "…", last: last ?? "…" });
      return `${empty} ${this.say("answer.newest", { day: this.day(newest) })}`;
    }
    const span = from && to ? "answer.searched_span" : from ? "chat.searched_from" : "chat.searched_to";
    const looked = this.say(from || to ? span : "answer.searched", {
      articles: this.number(articles),
      languages: languages.map((code) => this.languageName(code)).join(", "),
      first, last,
    });
    return period ? `${looked} ${this.say("answer.period_taken", { period })}` : looked;
  }
}
