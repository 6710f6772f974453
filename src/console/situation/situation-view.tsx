import { AlertList } from "./alert-list.tsx";

export function SituationView() {
  return (
    <div class="situation">
      <AlertList />
    </div>
  );
}
