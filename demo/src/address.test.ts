import assert from "node:assert/strict";
import { test } from "node:test";
import { appAddress, readAddress } from "./address.ts";

test("the state stands behind the #, which is not sent to any server", () => {
  assert.equal(appAddress("org.kde.krita"), "#app=org.kde.krita");
  assert.deepEqual(readAddress({ hash: "#q=draw+a+logo&section=Graphics", search: "" }), {
    query: "draw a logo",
    section: "Graphics",
    app: undefined,
  });
});

test("links that have it behind the ? are read too", () => {
  assert.equal(readAddress({ hash: "", search: "?app=org.kde.krita" }).app, "org.kde.krita");
  assert.equal(readAddress({ hash: "#q=new", search: "?q=old" }).query, "new");
});
