/* <cite-desk>: asks a citedesk server and shows its answer with every source.
 *
 * This is one script, made of parts that the server joins within one function. What the element
 * takes and tells, the README lists. Everything that comes from an article, a question or a server
 * is set as text, never as markup, and no address is a link unless a browser may open it.
 */

const PHRASES = {};
const STYLE = "";
const SCRIPT = document.currentScript?.src || document.baseURI;
const LOCALES = { en: "en-GB" }; // "14 March 2024" cannot be misread, nor is it American only
const LONGEST_QUESTION = 2000;
const REMEMBERED_TURNS = 10;
