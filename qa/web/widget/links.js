// ---- addresses, and what a page gets to insert

/** The address if a browser may open it: an article's could be `javascript:…`. */
function webAddress(text) {
  if (!text) return null;
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** The article's address with a text fragment, by which the browser scrolls to the quote.
 *
 * A long quote is named by its first and last words (https://wicg.github.io/scroll-to-text-fragment/).
 */
function permalink(article, quote) {
  const url = webAddress(article.url);
  if (!url) return null;
  const words = quote.trim().split(/\s+/u);
  const encode = (part) => encodeURIComponent(part.join(" ")).replace(/-/g, "%2D");
  const text = words.length > 12 ? `${encode(words.slice(0, 5))},${encode(words.slice(-5))}` : encode(words);
  return `${url.href}${url.hash ? "" : "#"}:~:text=${text}`;
}

/** What `citedesk:insert` tells: plain text throughout, which a page sets as text. */
function insertion(citation, words) {
  const { quote, passage_id, start, end } = citation;
  const article = { ...citation.article, url: webAddress(citation.article.url)?.href ?? null };
  return {
    quote, attribution: words.attribution(article), permalink: permalink(article, quote),
    article_id: article.id, url: article.url, passage_id, start, end, article,
  };
}

/** An answer as text with its sources below, for the clipboard. */
function withSources(answer, words) {
  const source = ({ number, article }) => {
    const parts = [words.attribution(article), article.title, webAddress(article.url)?.href];
    return `[${number}] ${parts.filter(Boolean).join(" · ")}`;
  };
  const sources = answer.citations.map(source);
  return [answer.question, answer.text, sources.join("\n")].filter(Boolean).join("\n\n");
}
