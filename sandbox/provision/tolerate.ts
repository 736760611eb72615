/** Runs a call whose named errors mean that there is nothing left to do; tells whether it did something. */
export async function tolerate(names: readonly string[], call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && names.includes(thrown.name)) return false;
    throw thrown;
  }
}
