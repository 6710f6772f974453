import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { words } from "../words/words.ts";
import { useRows } from "./rows.ts";
import { partWords } from "./words.ts";

export interface Column<T> {
  readonly key: string;
  readonly head: string;
  readonly cell: (row: T) => ComponentChildren;
  /** What the column sorts by; absent: it does not. */
  readonly sort?: (row: T) => number | string;
  readonly align?: "right";
}

export interface TableProps<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly selected?: string | undefined;
  readonly onSelect?: (key: string) => void;
  readonly onOpen?: (key: string) => void;
  readonly isMain?: boolean;
  /** Said where there are no rows. */
  readonly empty: string;
  readonly rowClass?: (row: T) => string | undefined;
}

/** Rows drawn at first: more make a page slow and nobody reads them. */
const SHOWN_ROWS = 200;

interface Order {
  readonly key: string;
  readonly down: boolean;
}

/** A table that sorts by its heads and is walked by keys. */
export function Table<T>(props: TableProps<T>) {
  const { columns, rows, keyOf, label, empty, rowClass } = props;
  const w = words(partWords);
  const order = useSignal<Order | undefined>(undefined);
  const all = useSignal(false);
  const sorted = inOrder(rows, columns, order.value);
  const shown = all.value ? sorted : sorted.slice(0, SHOWN_ROWS);
  const { container, rowProps } = useRows({
    keys: shown.map(keyOf),
    selected: props.selected,
    onSelect: props.onSelect ?? (() => undefined),
    ...(props.onOpen === undefined ? {} : { onOpen: props.onOpen }),
    isMain: props.isMain ?? false,
  });
  return (
    <div class="table-frame">
      <table class="table" role="grid" aria-label={label} aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head
                key={column.key}
                column={column}
                order={order.value}
                onOrder={(next) => (order.value = next)}
              />
            ))}
          </tr>
        </thead>
        <tbody
          ref={(element) => {
            container.current = element;
          }}
        >
          {shown.map((row) => (
            <tr key={keyOf(row)} class={rowClass?.(row)} {...rowProps(keyOf(row))}>
              {columns.map(({ key, cell, align }) => (
                <td key={key} class={align}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p class="empty">{empty}</p>}
      {shown.length < rows.length && (
        <button type="button" class="button" onClick={() => (all.value = true)}>
          {w.showAll(rows.length)}
        </button>
      )}
    </div>
  );
}

interface HeadProps<T> {
  readonly column: Column<T>;
  readonly order: Order | undefined;
  readonly onOrder: (order: Order) => void;
}

function Head<T>({ column: { key, head, sort, align }, order, onOrder }: HeadProps<T>) {
  if (sort === undefined) {
    return (
      <th scope="col" class={align}>
        {head}
      </th>
    );
  }
  const mine = order?.key === key ? order : undefined;
  const state = mine === undefined ? "none" : mine.down ? "descending" : "ascending";
  return (
    <th scope="col" class={align} aria-sort={state}>
      <button type="button" onClick={() => onOrder({ key, down: mine !== undefined && !mine.down })}>
        {head}
        <span aria-hidden="true">{mine === undefined ? "" : mine.down ? " ▾" : " ▴"}</span>
      </button>
    </th>
  );
}

function inOrder<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  order: Order | undefined,
): readonly T[] {
  const by = columns.find(({ key }) => key === order?.key)?.sort;
  if (by === undefined || order === undefined) return rows;
  const sign = order.down ? -1 : 1;
  return [...rows].sort((a, b) => sign * compare(by(a), by(b)));
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}
