import type { RequestBounds } from "../http/exchange";
import type { AuthenticationError } from "../task/errors";
import { waitAtMost } from "../http/waitAtMost";

/**
 * The standing of credentials that cannot be renewed: until they have worked once in this process, one request alone
 * tries them, and once they were refused they are never used again. Many waits that begin together must not be many
 * refused requests: more than five in a row lock an access key.
 */
export class Trial {
  private proven = false;
  private refusal?: AuthenticationError;
  private running?: Promise<unknown>;

  /** The service took them. */
  prove(): void {
    this.proven = true;
  }

  /** The service refused them, for good. */
  refuse(refusal: AuthenticationError): never {
    this.refusal = refusal;
    throw refusal;
  }

  /** Runs an exchange when it is its turn. One that ends without a verdict leaves the next in line to try. */
  async run<T>(bounds: RequestBounds, exchange: () => Promise<T>): Promise<T> {
    while (!this.proven && !this.refusal && this.running) {
      await waitAtMost(bounds, this.running);
    }
    if (this.refusal) {
      throw this.refusal;
    }
    if (this.proven) {
      return exchange();
    }
    const trial = exchange();
    const over = () => (this.running = undefined);
    this.running = trial.then(over, over);
    return trial;
  }
}
