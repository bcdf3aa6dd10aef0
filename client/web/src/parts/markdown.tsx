// The little Markdown that the manual is written in: headings, paragraphs, lists, tables, bold and italic words, names of files.
import type { ComponentChildren } from "preact";

export function Markdown({ text, lang }: { text: string; lang: string }) {
  return (
    <div class="prose" lang={lang}>
      {text
        .trim()
        .split(/\n\s*\n/)
        .flatMap((block) => block.split(/(?<=^#+ [^\n]*)\n/))
        .map((block, place) => (
          <Block key={place} text={block.trim()} />
        ))}
    </div>
  );
}

function Block({ text }: { text: string }) {
  if (text.startsWith("## ")) return <h2>{spans(text.slice(3))}</h2>;
  if (text.startsWith("# ")) return <h1>{spans(text.slice(2))}</h1>;
  if (text.startsWith("|")) return <Table rows={text.split("\n").map(cells)} />;
  if (text.startsWith("- ")) return <ul>{items(text, /\n(?=- )/, 2)}</ul>;
  if (/^\d+\. /.test(text)) return <ol>{items(text, /\n(?=\d+\. )/, 3)}</ol>;
  return <p>{spans(text)}</p>;
}

const items = (text: string, between: RegExp, mark: number) => text.split(between).map((item) => <li key={item}>{spans(item.slice(mark))}</li>);
const cells = (row: string) => row.replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());

function Table({ rows: [head = [], , ...body] }: { rows: string[][] }) {
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map(([name, ...rest]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {rest.map((cell, place) => (
                <td key={place}>{spans(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Words between stars, bold or italic, and names between backticks. */
function spans(text: string): ComponentChildren {
  return text
    .replace(/\n/g, " ")
    .split(/(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)/)
    .map((part) => {
      if (part.startsWith("**")) return <b>{part.slice(2, -2)}</b>;
      if (part.startsWith("*")) return <i>{part.slice(1, -1)}</i>;
      return part.startsWith("`") ? <code>{part.slice(1, -1)}</code> : part;
    });
}
