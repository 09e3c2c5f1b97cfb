import time


def main() -> None:
    while True:
        print("alive")
        time.sleep(60)


if __name__ == "__main__":
    main()
