import { draftOf, insertIntoDraft } from "../chat/draft";
import { useChat } from "../chat/chat";
import { attachFiles } from "./attach-files";
import { useAttachments } from "./attachments";

const name = "Harbour store, inventory.txt";

/** Facts of the kind that the demo model was trained to find, few enough for it. */
const text = `Inventory of the harbour store, taken on the first of May.
The green crate carries the code 48213.
The blue crate carries the code 77015.
The red lantern costs 418 coins.
The tin lantern costs 92 coins.
The brass compass is on shelf C14.
The rope ladder is on shelf A3.
The wooden chest belongs to Mara Olsen.
The password for the north gate is ember.
`;

const question = "How much does the red lantern cost?";

/** Attaches a short document that comes with the app, and puts a question about it into an empty box. */
export function attachExample(): void {
  const isThere = useAttachments.getState().list.some((one) => one.name === name);
  if (!isThere) attachFiles([new File([text], name, { type: "text/plain" })]);
  if (draftOf(useChat.getState().openId) === "") insertIntoDraft(question);
}
